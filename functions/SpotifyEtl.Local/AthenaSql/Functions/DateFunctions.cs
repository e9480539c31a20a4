using SpotifyEtl.Local.AthenaSql.DuckDb;
using SpotifyEtl.Local.AthenaSql.Types;
using static SpotifyEtl.Local.AthenaSql.Functions.Expressions;

namespace SpotifyEtl.Local.AthenaSql.Functions;

/// <summary>Dates and times from and to text and numbers, and zones.</summary>
internal static class DateFunctions
{
    // What a parser found: microseconds of the zone's clock, and the zone.
    private static readonly Func<string, string> Parsed = text => LetAs(
        "_p",
        ZonedTime.At("make_timestamp(CAST(split_part(_p.a0, '|', 1) AS BIGINT))", "split_part(_p.a0, '|', 2)"),
        text);

    private static readonly string FromUnixTime = "make_timestamp(CAST(floor({0} * 1000 + 0.5) AS BIGINT) * 1000)";

    private static readonly string OffsetZone =
        "printf('%s%02d:%02d', CASE WHEN {1} * 60 + {2} < 0 THEN '-' ELSE '+' END, abs({1} * 60 + {2}) // 60, abs({1} * 60 + {2}) % 60)";

    public static IReadOnlyList<NativeFunction> Natives { get; } =
    [
        NativeFunction.Of<string, string>("athena_zone_name", Zones.Normal),
        NativeFunction.Of<long, string, string>("athena_date_format", MySqlPattern.Format),
        NativeFunction.Of<string, string, long>("athena_date_parse", MySqlPattern.Parse),
        NativeFunction.Of<long, string, string, string>("athena_format_datetime", JodaPattern.Format),
        NativeFunction.Of<string, string, string>("athena_parse_datetime", JodaPattern.Parse),
        NativeFunction.Of<string, string>("athena_from_iso8601_timestamp", Iso8601.Timestamp),
        NativeFunction.Of<string, long>("athena_from_iso8601_date", Iso8601.Date),
        NativeFunction.Of<string, long>("athena_parse_duration", Durations.Parse),
        NativeFunction.Of<double, string>("athena_human_readable_seconds", Durations.Text),
        NativeFunction.Of<long, string>("athena_offset", Instants.OffsetText),
    ];

    public static IReadOnlyList<SqlFunction> All { get; } =
    [
        new("at_timezone(timestamp with time zone, varchar) -> timestamp with time zone", ZonedTime.WithZone("{0}", "{1}")) { Result = types => types[0] },
        new("current_timezone() -> varchar", "'UTC'"),
        new("date(varchar) -> date", "CAST(athena_date({0}) AS DATE)"),
        new("date(timestamp) -> date", "CAST({0} AS DATE)"),
        new("date(timestamp with time zone) -> date", $"CAST({ZonedTime.Local("{0}")} AS DATE)"),
        new("date_format(timestamp, varchar) -> varchar", "athena_date_format(epoch_us({0}), {1})"),
        new("date_format(timestamp with time zone, varchar) -> varchar", $"athena_date_format(epoch_us({ZonedTime.Local("{0}")}), {{1}})"),
        new("date_parse(varchar, varchar) -> timestamp(3)", "make_timestamp(athena_date_parse({0}, {1}))"),
        new("format_datetime(timestamp, varchar) -> varchar", "athena_format_datetime(epoch_us({0}), {1}, 'UTC')"),
        new("format_datetime(timestamp with time zone, varchar) -> varchar", Let(
            $"athena_format_datetime(epoch_us({ZonedTime.LocalOf("_v.a0")}), _v.a1, {Offsets("_v.a0")})", "{0}", "{1}")),
        new("parse_datetime(varchar, varchar) -> timestamp(3) with time zone", Parsed("athena_parse_datetime({0}, {1})")),
        new("from_iso8601_date(varchar) -> date", "make_date(CAST(athena_from_iso8601_date({0}) AS INTEGER))"),
        new("from_iso8601_timestamp(varchar) -> timestamp(3) with time zone", Parsed("athena_from_iso8601_timestamp({0})")),
        new("from_unixtime(double) -> timestamp(3) with time zone", ZonedTime.At(FromUnixTime, "'UTC'")),
        new("from_unixtime(double, varchar) -> timestamp(3) with time zone", ZonedTime.WithZone(Zoned(FromUnixTime), "{1}")),
        new("from_unixtime(double, bigint, bigint) -> timestamp(3) with time zone", ZonedTime.WithZone(Zoned(FromUnixTime), OffsetZone)),
        new("human_readable_seconds(double) -> varchar", "athena_human_readable_seconds({0})"),
        new("now() -> timestamp(3) with time zone", Spelling.Zoned("date_trunc('millisecond', timezone('UTC', now()))", "'UTC'")),
        new("parse_duration(varchar) -> interval day to second", "to_microseconds(athena_parse_duration({0}))"),
        new("to_iso8601(date) -> varchar", "athena_format_datetime(epoch_us(CAST({0} AS TIMESTAMP)), 'yyyy-MM-dd', 'UTC')"),
        new("to_iso8601(timestamp) -> varchar", "athena_format_datetime(epoch_us({0}), 'yyyy-MM-dd''T''HH:mm:ss.SSS', 'UTC')"),
        new("to_iso8601(timestamp with time zone) -> varchar", Let(
            $"athena_format_datetime(epoch_us({ZonedTime.LocalOf("_v.a0")}), 'yyyy-MM-dd''T''HH:mm:ss.SSS', 'UTC') || "
                + $"replace(athena_offset({ZonedTime.OffsetOf("_v.a0")}), '+00:00', 'Z')",
            "{0}")),
        new("to_milliseconds(interval day to second) -> bigint", "epoch_us({0}) // 1000"),
        new("to_unixtime(timestamp) -> double", "epoch_us({0}) / 1e6"),
        new("to_unixtime(timestamp with time zone) -> double", "epoch_us({0}.instant) / 1e6"),
        new("with_timezone(timestamp, varchar) -> timestamp with time zone", ZonedTime.At("{0}", "{1}"))
        {
            Result = types => types[0] is TimestampType timestamp ? timestamp with { HasZone = true } : SqlType.TimestampWithZone,
        },
    ];

    private static string Zoned(string instant) => Let(NullWith(Spelling.Zoned("_v.a0", "'UTC'"), "_v.a0"), instant);

    // The zone's name, and how far it is from UTC at that instant.
    private static string Offsets(string zoned) => $"{zoned}.zone || '|' || athena_offset({ZonedTime.OffsetOf(zoned)})";
}
