using System.Globalization;
using System.Text.RegularExpressions;
using SpotifyEtl.Errors;

namespace SpotifyEtl.Local.AthenaSql.Functions;

/// <summary>Lengths of time from and to text.</summary>
internal static partial class Durations
{
    private static readonly (string Name, long Seconds)[] Units = [("week", 604_800), ("day", 86_400), ("hour", 3600), ("minute", 60), ("second", 1)];

    /// <summary>Microseconds, of whole milliseconds.</summary>
    public static long Parse(string text)
    {
        var match = Duration().Match(text);
        if (!match.Success)
        {
            throw new PermanentEtlException($"duration is not a valid data duration string: {text}");
        }

        var value = double.Parse(match.Groups["value"].Value, CultureInfo.InvariantCulture);
        var milliseconds = value * match.Groups["unit"].Value switch
        {
            "ns" => 1e-6,
            "us" => 1e-3,
            "ms" => 1,
            "s" => 1e3,
            "m" => 6e4,
            "h" => 3.6e6,
            "d" => 8.64e7,
            var unit => throw new PermanentEtlException($"Unknown time unit: {unit}"),
        };
        return (long)Math.Floor(milliseconds + 0.5) * 1000;
    }

    public static string Text(double seconds)
    {
        if (!double.IsFinite(seconds))
        {
            throw new PermanentEtlException("Invalid argument found: Infinity or NaN");
        }

        var left = (long)Math.Abs(Math.Round(seconds, MidpointRounding.AwayFromZero));
        List<string> parts = [];
        foreach (var (name, unit) in Units)
        {
            var count = left / unit;
            left %= unit;
            if (count > 0 || unit == 1 && parts.Count == 0)
            {
                parts.Add(string.Create(CultureInfo.InvariantCulture, $"{count} {name}{(count == 1 ? "" : "s")}"));
            }
        }

        return string.Join(", ", parts);
    }

    [GeneratedRegex(@"^\s*(?<value>\d+(\.\d+)?)\s*(?<unit>[a-zA-Z]+)\s*\z", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Duration();
}
