using System.Globalization;
using SpotifyEtl.Local.AthenaSql.DuckDb;
using SpotifyEtl.Local.AthenaSql.Syntax;
using SpotifyEtl.Local.AthenaSql.Types;

namespace SpotifyEtl.Local.AthenaSql.Analysis;

/// <summary>A SELECT with its order, and how many of its rows are wanted.</summary>
/// <param name="items">The columns.</param>
/// <param name="query">The query, of which order, offset and limit count.</param>
/// <param name="analyze">Finds what an expression of the order is.</param>
internal sealed class OrderedSelect(IReadOnlyList<Value> items, Query query, Func<Expression, Value> analyze)
{
    /// <summary>Keys of the order: columns by their place, all else by an expression. Constants order nothing.</summary>
    private readonly List<(Value Key, int Place, SortItem Item)> _keys = Keys(items, query, analyze);

    /// <param name="from">All from FROM on.</param>
    /// <param name="after">What stands behind WHERE: groups.</param>
    /// <param name="isDistinct">Whether rows that are alike are one.</param>
    public string Render(string from, string after, bool isDistinct)
    {
        if (isDistinct && _keys.Find(key => key.Place == 0) is { Item: { } missing })
        {
            throw missing.Key.At.Fault("For SELECT DISTINCT, ORDER BY expressions must appear in select list");
        }

        var columns = items.Select((item, place) => $"{item.Sql} AS {AnalyzedQuery.ColumnName(place)}").ToList();
        if (query.WithTies)
        {
            return WithTies(columns, from + after, isDistinct);
        }

        var sql = $"SELECT {(isDistinct ? Distinct(items, query.At) : "")}{string.Join(", ", columns)} {from}{after}";
        if (_keys.Count > 0)
        {
            sql += " ORDER BY " + string.Join(", ", _keys.Select(key => ExpressionAnalyzer.Sorted(Rendered(key), key.Item)));
        }

        return sql + Limit(query.Limit, query.Offset);
    }

    /// <summary>DISTINCT, where rows are alike that show the same instants.</summary>
    public static string Distinct(IReadOnlyList<Value> items, Position at)
    {
        if (items.FirstOrDefault(item => Zoned.IsWithin(item.Type)) is { } unlike)
        {
            throw at.Fault($"DISTINCT of {unlike.Type} is not offered here: {Zoned.Instead}");
        }

        return items.Any(item => Zoned.Is(item.Type))
            ? $"DISTINCT ON ({string.Join(", ", items.Select(Compared))}) "
            : "DISTINCT ";
    }

    // A column whose order is not its own (an instant with its zone) is given by its expression.
    private static Value Rendered((Value Key, int Place, SortItem Item) key) => key.Place > 0 && ComparisonSql.Comparable(key.Key) == key.Key.Sql
        ? key.Key with { Sql = key.Place.ToString(CultureInfo.InvariantCulture) }
        : key.Key;

    // By their places, as a literal would be taken for one.
    private static string Compared(Value item, int index) =>
        Zoned.Is(item.Type) ? ComparisonSql.Comparable(item) : (index + 1).ToString(CultureInfo.InvariantCulture);

    private static string Limit(long? limit, long? offset) =>
        (limit is null ? "" : string.Create(CultureInfo.InvariantCulture, $" LIMIT {limit}"))
        + (offset is null ? "" : string.Create(CultureInfo.InvariantCulture, $" OFFSET {offset}"));

    private string WithTies(List<string> columns, string from, bool isDistinct)
    {
        var inner = columns.Concat(_keys.Where(key => key.Place == 0).Select((key, place) => $"{key.Key.Sql} AS k{place}"));
        var extra = 0;
        var order = string.Join(", ", _keys.Select(key => ExpressionAnalyzer.Sorted(
            key.Key with { Sql = key.Place > 0 ? AnalyzedQuery.ColumnName(key.Place - 1) : $"k{extra++}" }, key.Item)));
        var all = $"SELECT {(isDistinct ? Distinct(items, query.At) : "")}{string.Join(", ", inner)} {from}";
        var offset = query.Offset is null ? all : $"SELECT * FROM ({all}) ORDER BY {order}{Limit(null, query.Offset)}";
        var names = string.Join(", ", items.Select((_, place) => AnalyzedQuery.ColumnName(place)));
        return string.Create(
            CultureInfo.InvariantCulture,
            $"SELECT {names} FROM (SELECT *, rank() OVER (ORDER BY {order}) AS tied FROM ({offset})) WHERE tied <= {query.Limit} ORDER BY {order}");
    }

    private static List<(Value Key, int Place, SortItem Item)> Keys(IReadOnlyList<Value> items, Query query, Func<Expression, Value> analyze)
    {
        List<(Value Key, int Place, SortItem Item)> keys = [];
        foreach (var item in query.Order)
        {
            if (item.Key is IntegerLiteral { Digits: var digits })
            {
                keys.Add(int.TryParse(digits, out var place) && place >= 1 && place <= items.Count
                    ? (items[place - 1], place, item)
                    : throw item.Key.At.Fault($"ORDER BY position {digits} is not in select list"));
                continue;
            }

            var key = analyze(item.Key);
            if (!key.IsLiteral)
            {
                keys.Add((key, items.ToList().FindIndex(one => one.Sql == key.Sql) + 1, item));
            }
        }

        return keys;
    }
}
