namespace SpotifyEtl.Local.AthenaSql.Functions;

/// <summary>Parts of dates, times and intervals.</summary>
internal static class DatePartFunctions
{
    private static readonly string[] WithDates = ["date", "timestamp", "timestamp with time zone"];
    private static readonly string[] WithClocks = ["time", "timestamp", "timestamp with time zone"];

    public static IReadOnlyList<SqlFunction> All { get; } =
    [
        .. Of(WithDates, "isodow({0})", "day_of_week", "dow"),
        .. Of(WithDates, "day({0})", "day", "day_of_month"),
        .. Of(WithDates, "dayofyear({0})", "day_of_year", "doy"),
        .. Of(WithDates, "last_day({0})", ["last_day_of_month"], "date"),
        .. Of(WithDates, "month({0})", "month"),
        .. Of(WithDates, "quarter({0})", "quarter"),
        .. Of(WithDates, "weekofyear({0})", "week", "week_of_year"),
        .. Of(WithDates, "year({0})", "year"),
        .. Of(WithDates, "isoyear({0})", "year_of_week", "yow"),
        .. Of(WithClocks, "hour({0})", "hour"),
        .. Of(WithClocks, "minute({0})", "minute"),
        .. Of(WithClocks, "second({0})", "second"),
        .. Of(WithClocks, "millisecond({0}) % 1000", "millisecond"),
        .. OfInterval("day to second", "epoch_us({0}) // 86400000000", "day", "day_of_month"),
        .. OfInterval("day to second", "epoch_us({0}) % 86400000000 // 3600000000", "hour"),
        .. OfInterval("day to second", "epoch_us({0}) % 3600000000 // 60000000", "minute"),
        .. OfInterval("day to second", "epoch_us({0}) % 60000000 // 1000000", "second"),
        .. OfInterval("day to second", "epoch_us({0}) % 1000000 // 1000", "millisecond"),
        .. OfInterval("year to month", "datepart('year', {0})", "year"),
        .. OfInterval("year to month", "datepart('month', {0})", "month"),
        new("timezone_hour(timestamp with time zone) -> bigint", $"{Offset} // 60"),
        new("timezone_minute(timestamp with time zone) -> bigint", $"{Offset} % 60"),
    ];

    private static string Offset => Expressions.Let($"{ZonedTime.OffsetOf("_v.a0")} // 60000000", "{0}");

    private static IEnumerable<SqlFunction> Of(string[] types, string sql, params string[] names) => Of(types, sql, names, "bigint");

    private static IEnumerable<SqlFunction> Of(string[] types, string sql, string[] names, string result) =>
        from name in names
        from type in types
        let value = type.EndsWith("zone", StringComparison.Ordinal) ? ZonedTime.Local("{0}") : "{0}"
        select new SqlFunction($"{name}({type}) -> {result}", sql.Replace("{0}", value, StringComparison.Ordinal));

    private static IEnumerable<SqlFunction> OfInterval(string interval, string sql, params string[] names) =>
        names.Select(name => new SqlFunction($"{name}(interval {interval}) -> bigint", sql));
}
