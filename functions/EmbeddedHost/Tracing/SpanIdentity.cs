using System.Diagnostics;
using System.Runtime.CompilerServices;
using System.Security.Cryptography;
using System.Text;

namespace EmbeddedHost.Tracing;

/// <summary>
/// Span ids that every process finds for itself. An Activity draws its id when it starts and has no way to be given one, so the field
/// is set, as the Durable Task Framework does it too. On a runtime without that field the span keeps the id it drew.
/// </summary>
internal static class SpanIdentity
{
    private static readonly bool s_canBeGiven = CanBeGiven();

    /// <summary>The id of the span of an orchestration's execution.</summary>
    public static ActivitySpanId Of(string executionId)
    {
        Span<byte> hash = stackalloc byte[SHA256.HashSizeInBytes];
        SHA256.HashData(Encoding.UTF8.GetBytes(executionId), hash);
        return ActivitySpanId.CreateFromBytes(hash[..8]);
    }

    /// <summary>Gives a span that has just started an id.</summary>
    public static void Give(Activity span, ActivitySpanId id)
    {
        if (s_canBeGiven)
        {
            SpanId(span) = id.ToHexString();
        }
    }

    private static bool CanBeGiven()
    {
        try
        {
            using Activity trial = new("trial");
            SpanId(trial) = null;
            return true;
        }
        catch (MissingFieldException)
        {
            return false;
        }
    }

    [UnsafeAccessor(UnsafeAccessorKind.Field, Name = "_spanId")]
    private static extern ref string? SpanId(Activity span);
}
