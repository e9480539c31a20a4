using System.Globalization;
using SpotifyEtl.Local.AthenaSql.Syntax;
using SpotifyEtl.Local.AthenaSql.Types;

namespace SpotifyEtl.Local.AthenaSql.Analysis;

/// <summary>The values of interval literals: months, or microseconds.</summary>
internal static class Intervals
{
    private static readonly string[] s_fields = ["YEAR", "MONTH", "DAY", "HOUR", "MINUTE", "SECOND"];
    private static readonly long[] s_sizes = [12, 1, 86_400_000_000, 3_600_000_000, 60_000_000, 1_000_000];

    public static Value Of(IntervalLiteral literal)
    {
        var first = Array.IndexOf(s_fields, literal.From);
        var last = literal.To is null ? first : Array.IndexOf(s_fields, literal.To);
        var isMonths = first < 2;
        if (last < first || isMonths != last < 2)
        {
            throw literal.At.Fault($"Invalid interval: {literal.From} TO {literal.To}");
        }

        var size = Parse(literal, first, last) * (literal.IsNegative ? -1 : 1);
        return new Value(
            isMonths ? SqlType.YearToMonth : SqlType.DayToSecond,
            string.Create(CultureInfo.InvariantCulture, $"{(isMonths ? "to_months" : "to_microseconds")}({size})"))
        {
            IsLiteral = true,
        };
    }

    private static long Parse(IntervalLiteral literal, int first, int last)
    {
        var text = literal.Value.Trim();
        var sign = text.StartsWith('-') ? -1 : 1;
        var parts = text.TrimStart('-', '+').Split('-', ' ', ':');
        if (parts.Length != last - first + 1)
        {
            throw Invalid(literal);
        }

        decimal sum = 0;
        for (var part = 0; part < parts.Length; part++)
        {
            var styles = s_fields[first + part] is "SECOND" ? NumberStyles.AllowDecimalPoint : NumberStyles.None;
            sum += decimal.TryParse(parts[part], styles, CultureInfo.InvariantCulture, out var number)
                ? decimal.Truncate(number * s_sizes[first + part])
                : throw Invalid(literal);
        }

        return sum is < long.MaxValue ? (long)sum * sign : throw Invalid(literal);
    }

    private static Errors.PermanentEtlException Invalid(IntervalLiteral literal) =>
        literal.At.Fault($"Invalid INTERVAL {literal.From}{(literal.To is null ? "" : $" TO {literal.To}")} value: {literal.Value}");
}
