using System.Diagnostics.CodeAnalysis;

namespace Benchmarks.Soak.Chaos;

/// <summary>A round found something wrong.</summary>
internal sealed class ChaosException(string message) : Exception(message)
{
    /// <exception cref="ChaosException">The condition does not hold.</exception>
    public static void Require([DoesNotReturnIf(false)] bool condition, string otherwise)
    {
        if (!condition)
        {
            throw new ChaosException(otherwise);
        }
    }
}
