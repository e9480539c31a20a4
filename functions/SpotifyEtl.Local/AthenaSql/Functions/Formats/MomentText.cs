using System.Globalization;
using SpotifyEtl.Errors;

namespace SpotifyEtl.Local.AthenaSql.Functions;

/// <summary>Dates and times in format(): <c>%tY</c>.</summary>
internal static class MomentText
{
    public static string Of(char conversion, string value, char kind)
    {
        var (moment, zone, offset) = Parse(value);
        var invariant = CultureInfo.InvariantCulture;
        if (kind == 'D' && "HIklMSLNpQszZRTrc".Contains(conversion, StringComparison.Ordinal)
            || kind == 't' && "BbhAaCYyjmdeDFcsQzZ".Contains(conversion, StringComparison.Ordinal)
            || kind == 'T' && "zZsQc".Contains(conversion, StringComparison.Ordinal))
        {
            throw new PermanentEtlException($"Invalid format string: %t{conversion} (UnsupportedTemporalType: the value has no such field)");
        }

        return conversion switch
        {
            'H' => moment.ToString("HH", invariant),
            'I' => moment.ToString("hh", invariant),
            'k' => moment.Hour.ToString(invariant),
            'l' => ((moment.Hour + 11) % 12 + 1).ToString(invariant),
            'M' => moment.ToString("mm", invariant),
            'S' => moment.ToString("ss", invariant),
            'L' => moment.ToString("fff", invariant),
            'N' => moment.ToString("ffffff", invariant) + "000",
            'p' => moment.Hour < 12 ? "am" : "pm",
            's' => ((Instants.Microseconds(moment) - OffsetOf(offset)) / 1_000_000).ToString(invariant),
            'Q' => ((Instants.Microseconds(moment) - OffsetOf(offset)) / 1000).ToString(invariant),
            'z' => offset.Replace(":", "", StringComparison.Ordinal),
            'Z' => zone,
            'B' => moment.ToString("MMMM", invariant),
            'b' or 'h' => moment.ToString("MMM", invariant),
            'A' => moment.ToString("dddd", invariant),
            'a' => moment.ToString("ddd", invariant),
            'C' => (moment.Year / 100).ToString("00", invariant),
            'Y' => moment.ToString("yyyy", invariant),
            'y' => moment.ToString("yy", invariant),
            'j' => moment.DayOfYear.ToString("000", invariant),
            'm' => moment.ToString("MM", invariant),
            'd' => moment.ToString("dd", invariant),
            'e' => moment.Day.ToString(invariant),
            'R' => moment.ToString("HH:mm", invariant),
            'T' => moment.ToString("HH:mm:ss", invariant),
            'r' => moment.ToString("hh:mm:ss tt", invariant),
            'D' => moment.ToString("MM/dd/yy", invariant),
            'F' => moment.ToString("yyyy-MM-dd", invariant),
            'c' => $"{moment.ToString("ddd MMM dd HH:mm:ss", invariant)} {zone} {moment.ToString("yyyy", invariant)}",
            _ => throw new PermanentEtlException($"Invalid format string: %t{conversion} (UnknownFormatConversion: Conversion = 't{conversion}')"),
        };
    }

    /// <summary>As Java prints such values.</summary>
    public static string Natural(string value, char kind)
    {
        var (moment, zone, offset) = Parse(value);
        var clock = moment.ToString(moment.Ticks % TimeSpan.TicksPerMinute == 0 ? "HH:mm" : Fraction(moment), CultureInfo.InvariantCulture);
        var date = moment.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);
        return kind switch
        {
            'D' => date,
            't' => clock,
            'T' => $"{date}T{clock}",
            _ => $"{date}T{clock}{(offset == "+00:00" ? "Z" : offset)}{(zone[0] is '+' or '-' ? "" : $"[{zone}]")}",
        };
    }

    private static string Fraction(DateTime moment) => moment.Ticks % TimeSpan.TicksPerSecond == 0 ? "HH:mm:ss"
        : moment.Ticks % TimeSpan.TicksPerMillisecond == 0 ? "HH:mm:ss.fff" : "HH:mm:ss.ffffff";

    private static long OffsetOf(string offset) =>
        (long.Parse(offset[1..3], CultureInfo.InvariantCulture) * 60 + long.Parse(offset[4..6], CultureInfo.InvariantCulture))
        * 60_000_000 * (offset[0] == '-' ? -1 : 1);

    private static (DateTime Moment, string Zone, string Offset) Parse(string value)
    {
        var parts = value.Split('|');
        var moment = Instants.Of(long.Parse(parts[0], CultureInfo.InvariantCulture));
        return parts.Length > 2 ? (moment, parts[1], parts[2]) : (moment, "UTC", "+00:00");
    }
}
