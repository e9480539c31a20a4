using SpotifyEtl.Local.AthenaSql.DuckDb;
using SpotifyEtl.Local.AthenaSql.Syntax;
using SpotifyEtl.Local.AthenaSql.Types;

namespace SpotifyEtl.Local.AthenaSql.Analysis;

/// <summary>The time of a statement, which is one for all of it, in UTC.</summary>
internal static class Now
{
    public static Value Of(CurrentMoment moment, DateTimeOffset now)
    {
        var precision = Math.Min(moment.Precision ?? 3, 6);
        var rounded = Moments.Round(now.UtcDateTime, precision);
        var digits = Literals.Digits(rounded);
        return moment.Name switch
        {
            "CURRENT_DATE" => new Value(SqlType.Date, $"DATE '{digits[..10]}'") { IsLiteral = true },
            "CURRENT_TIMESTAMP" => new Value(new TimestampType(precision, HasZone: true), Literals.Zoned(rounded, "UTC")) { IsLiteral = true },
            "LOCALTIMESTAMP" => new Value(new TimestampType(precision, HasZone: false), $"TIMESTAMP '{digits}'") { IsLiteral = true },
            "LOCALTIME" => new Value(new TimeType(precision), $"TIME '{digits[11..]}'") { IsLiteral = true },
            _ => throw moment.At.Fault("CURRENT_TIME is not offered here, as it has a time zone: LOCALTIME is the time in UTC."),
        };
    }
}
