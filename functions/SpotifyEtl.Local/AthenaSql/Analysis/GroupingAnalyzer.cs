using SpotifyEtl.Local.AthenaSql.DuckDb;
using SpotifyEtl.Local.AthenaSql.Syntax;
using SpotifyEtl.Local.AthenaSql.Types;

namespace SpotifyEtl.Local.AthenaSql.Analysis;

/// <summary>Finds what rows are grouped by.</summary>
/// <param name="expressions">Finds what expressions are.</param>
/// <param name="itemAt">The column of the result at a place.</param>
internal sealed class GroupingAnalyzer(ExpressionAnalyzer expressions, Func<int, Position, Expression> itemAt)
{
    private readonly HashSet<string> _keys = new(StringComparer.Ordinal);

    public AnalyzedGrouping Analyze(Grouping grouping)
    {
        if (grouping.IsDistinct && grouping.Elements.Count > 1)
        {
            throw grouping.Elements[0].At.Fault("GROUP BY DISTINCT is not offered here.");
        }

        List<string> parts = [];
        foreach (var element in grouping.Elements)
        {
            var sets = element.Sets.Select(set => set.Select(Key).ToList()).ToList();
            parts.Add(element.Kind.Length == 0
                ? sets[0].Count == 0 ? "GROUPING SETS (())" : string.Join(", ", sets[0])
                : $"{element.Kind} ({string.Join(", ", sets.Select(set => set is [var only] ? only : $"({string.Join(", ", set)})"))})");
        }

        return new AnalyzedGrouping(string.Join(", ", parts), _keys);
    }

    private string Key(Expression expression)
    {
        var at = expression.At;
        if (expression is IntegerLiteral { Digits: var digits })
        {
            expression = itemAt(int.TryParse(digits, out var place) ? place : 0, at);
        }

        var key = expressions.Analyze(expression);
        if (key.Type is MapType or FunctionType || key.Type == SqlType.Json)
        {
            throw at.Fault($"{key.Type} is not comparable, and therefore cannot be used in GROUP BY");
        }

        if (Zoned.IsWithin(key.Type))
        {
            throw at.Fault($"GROUP BY of {key.Type} is not offered here: {Zoned.Instead}");
        }

        _keys.Add(key.Sql);

        // A number alone would be a place to DuckDB.
        return key.IsLiteral ? Spelling.Cast(key.Sql, key.Type) : ComparisonSql.Comparable(key);
    }

    /// <summary>What a group has of its key: one instant may stand in it with several zones, of which it has the first.</summary>
    public static Value OfGroup(Value key)
    {
        if (!Zoned.Is(key.Type) || key.IsLiteral)
        {
            return key;
        }

        var instant = ComparisonSql.Comparable(key);
        return new Value(key.Type, Spelling.NullWith(instant, Spelling.Zoned(instant, $"min({Spelling.Zone(key.Sql)})")));
    }
}

/// <summary>What rows are grouped by, in DuckDB's SQL.</summary>
internal sealed record AnalyzedGrouping(string Sql, IReadOnlySet<string> Keys);
