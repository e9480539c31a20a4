using System.Globalization;

namespace SpotifyEtl.Local.Report;

/// <summary>Numbers on their way from a query into a drawing.</summary>
public static class ChartNumber
{
    /// <summary>The number that a query gave; a missing one is 0.</summary>
    public static double Parse(string? text) => double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var number) ? number : 0;

    /// <summary>A coordinate, to a tenth of a unit.</summary>
    public static string Coordinate(double value) => value.ToString("0.#", CultureInfo.InvariantCulture);

    /// <summary>A coordinate as a share of the drawing.</summary>
    public static string Percent(double share) => string.Create(CultureInfo.InvariantCulture, $"{share * 100:0.##}%");

    /// <summary>A value as a scale shows it.</summary>
    public static string Text(double value) => value.ToString("#,0.##", CultureInfo.InvariantCulture);
}
