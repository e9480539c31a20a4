using System.Globalization;

namespace Benchmarks.Soak;

/// <summary>What a soak is asked for.</summary>
/// <param name="Seed">Where its choices begin; the first round takes it as it is, each further round the next number.</param>
/// <param name="Rounds">How many rounds.</param>
/// <param name="Seconds">After how long no further round begins; null: never.</param>
internal sealed record SoakOptions(int Seed, int Rounds, int? Seconds)
{
    /// <summary>Reads <c>--seed N</c>, <c>--rounds N</c> and <c>--seconds N</c>.</summary>
    /// <exception cref="FormatException">Something else is there.</exception>
    public static SoakOptions Parse(ReadOnlySpan<string> arguments, int defaultRounds)
    {
        int? seconds = null;
        // Small enough to be typed again.
        var seed = (int)(TimeProvider.System.GetUtcNow().Ticks / TimeSpan.TicksPerMillisecond % 1_000_000) + 1;
        var rounds = defaultRounds;
        for (var i = 0; i < arguments.Length; i += 2)
        {
            if (i + 1 == arguments.Length
                || !int.TryParse(arguments[i + 1], NumberStyles.None, CultureInfo.InvariantCulture, out var value)
                || value == 0)
            {
                throw new FormatException($"'{arguments[i]}' needs a whole number from 1.");
            }

            switch (arguments[i])
            {
                case "--seed":
                    seed = value;
                    break;
                case "--rounds":
                    rounds = value;
                    break;
                case "--seconds":
                    seconds = value;
                    break;
                default:
                    throw new FormatException($"'{arguments[i]}' is not known; --seed N, --rounds N and --seconds N are.");
            }
        }

        return new SoakOptions(seed, rounds, seconds);
    }
}
