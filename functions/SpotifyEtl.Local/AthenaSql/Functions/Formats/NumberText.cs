using System.Globalization;
using SpotifyEtl.Local.AthenaSql.Types;

namespace SpotifyEtl.Local.AthenaSql.Functions;

/// <summary>Numbers with a unit's letter: 123K.</summary>
internal static class NumberText
{
    private static readonly string[] Units = ["", "K", "M", "B", "T", "Q"];

    public static string WithUnit(double number)
    {
        if (!double.IsFinite(number))
        {
            return JavaFloatingPoint.Text(number);
        }

        var (left, unit) = (number, 0);
        while (Math.Abs(left) >= 1000 && unit < Units.Length - 1)
        {
            left /= 1000;
            unit++;
        }

        var format = Math.Abs(left) switch
        {
            < 10 => "0.##",
            < 100 => "0.#",
            _ => "0",
        };
        var rounded = Math.Round((decimal)left, format.Length > 1 ? format.Length - 2 : 0, MidpointRounding.ToEven);
        return rounded.ToString(format, CultureInfo.InvariantCulture) + Units[unit];
    }
}
