using System.Globalization;

namespace SpotifyEtl.Local.AthenaSql.Types;

/// <summary>Intervals as Trino writes them.</summary>
internal static class IntervalText
{
    public static string OfMonths(long months) =>
        string.Create(CultureInfo.InvariantCulture, $"{(months < 0 ? "-" : "")}{Math.Abs(months) / 12}-{Math.Abs(months) % 12}");

    public static string OfMicroseconds(long microseconds)
    {
        var span = TimeSpan.FromMicroseconds(Math.Abs(microseconds));
        return string.Create(CultureInfo.InvariantCulture, $"{(microseconds < 0 ? "-" : "")}{span.Days} {span:hh\\:mm\\:ss\\.fff}");
    }
}
