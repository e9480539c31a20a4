using System.Text;

namespace DurableTask.Sqlite.Store;

/// <summary>Says after which instance the next page of a query begins.</summary>
internal static class ContinuationToken
{
    private const string Prefix = "after:";

    public static string Write(string instanceId) => Convert.ToBase64String(Encoding.UTF8.GetBytes(Prefix + instanceId));

    /// <returns>Null when there is no token.</returns>
    /// <exception cref="ArgumentException">It is no such token.</exception>
    public static string? Read(string? token)
    {
        if (string.IsNullOrEmpty(token))
        {
            return null;
        }

        Span<byte> bytes = new byte[token.Length];
        return Convert.TryFromBase64String(token, bytes, out var length)
            && Encoding.UTF8.GetString(bytes[..length]) is var text && text.StartsWith(Prefix, StringComparison.Ordinal)
            ? text[Prefix.Length..]
            : throw new ArgumentException($"'{token}' is no continuation token of this provider.", nameof(token));
    }
}
