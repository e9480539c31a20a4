using System.Globalization;

namespace SpotifyEtl.Local.Report;

/// <summary>Numbers on their way from a query into a drawing.</summary>
public static class ChartNumber
{
    private static readonly double[] s_steps = [1, 1.5, 2, 2.5, 3, 4, 5, 6, 8, 10];

    /// <summary>The number that a query gave; a missing one is 0.</summary>
    public static double Parse(string? text) => double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var number) ? number : 0;

    /// <summary>A coordinate, to a tenth of a unit.</summary>
    public static string Coordinate(double value) => value.ToString("0.#", CultureInfo.InvariantCulture);

    /// <summary>A value as a scale shows it.</summary>
    public static string Text(double value) => value.ToString("0.##", CultureInfo.InvariantCulture);

    /// <summary>The end of a scale that begins at 0, holds the greatest value and has round numbers at its quarters.</summary>
    public static double ScaleEnd(double greatest)
    {
        var quarter = Math.Max(1, greatest / 4);
        var power = Math.Pow(10, Math.Floor(Math.Log10(quarter)));
        return 4 * s_steps.Select(step => step * power).First(step => step >= quarter && double.IsInteger(step));
    }
}
