using SpotifyEtl.Local.AthenaSql.DuckDb;
using SpotifyEtl.Local.AthenaSql.Syntax;
using SpotifyEtl.Local.AthenaSql.Types;

namespace SpotifyEtl.Local.AthenaSql.Analysis;

/// <summary>UNNEST: the elements of arrays and the entries of maps as rows, side by side; the shorter ones end in nulls.</summary>
/// <param name="queries">The query that it stands in.</param>
/// <param name="before">What it may speak of.</param>
internal sealed class Unnesting(QueryAnalyzer queries, Scope before)
{
    private readonly string _alias = queries.Statement.NewName('r');
    private readonly List<string> _lists = [];
    private readonly List<Field> _fields = [];

    /// <summary>The rows of each row of the relation before, next to its columns.</summary>
    /// <param name="unnest">What is unnested.</param>
    /// <param name="left">The relation before; null: there is none.</param>
    /// <param name="keepsAll">Whether rows without elements stay.</param>
    public UnnestedRelation Analyze(UnnestRelation unnest, AnalyzedRelation? left, bool keepsAll)
    {
        ExpressionAnalyzer expressions = new(queries.Statement, queries, before, Clause.Unnest);
        foreach (var expression in unnest.Values)
        {
            Add(expressions.Analyze(expression), expression, isAlone: unnest is { WithOrdinality: false, Values.Count: 1 });
        }

        if (unnest.WithOrdinality)
        {
            _fields.Add(new Field(Name: null, SqlType.BigInt, $"CAST({Entry(_lists.Count)} AS BIGINT)"));
        }

        // What is the same for all rows before is computed once.
        if (left is not null && !keepsAll && !_lists.Exists(list => left.Fields.Any(field => list.Contains(field.Sql, StringComparison.Ordinal))))
        {
            return new UnnestedRelation($"{left.Sql} CROSS JOIN {Rows("", [], unnest.WithOrdinality, keepsAll)}", left.Fields, _fields);
        }

        IReadOnlyList<Field> columns = left?.Fields ?? [];
        var kept = columns.Select((column, place) => column with { Sql = $"{_alias}.{AnalyzedQuery.ColumnName(place)}" });
        var inner = columns.Select((column, place) => $"{column.Sql} AS {AnalyzedQuery.ColumnName(place)}");
        return new UnnestedRelation(Rows(left is null ? "" : $" FROM {left.Sql}", inner, unnest.WithOrdinality, keepsAll), [.. kept], _fields);
    }

    private string Rows(string from, IEnumerable<string> columns, bool withOrdinality, bool keepsAll)
    {
        var inner = string.Join(", ", columns.Concat(_lists.Select((list, place) => $"{list} AS l{place}")));
        return $"(SELECT *, unnest({Elements(withOrdinality, keepsAll)}) AS z FROM (SELECT {inner}{from})) AS {_alias}";
    }

    private void Add(Value value, Expression expression, bool isAlone)
    {
        var entry = isAlone ? $"{_alias}.z" : Entry(_lists.Count);
        _lists.Add($"coalesce({(value.Type is MapType ? $"map_entries({value.Sql})" : value.Sql)}, [])");
        _fields.AddRange(value.Type switch
        {
            ArrayType { Element: RowType row } => row.Fields.Select((field, place) => new Field(field.Name, field.Type, Spelling.Field(entry, place + 1))),
            ArrayType array => [new Field(Name: null, array.Element, entry)],
            MapType map => [new Field(Name: null, map.Key, Spelling.Field(entry, 1)), new Field(Name: null, map.Value, Spelling.Field(entry, 2))],
            _ => throw expression.At.Fault($"Cannot unnest type: {value.Type}{TextColumns.Advice([value])}"),
        });
    }

    private string Entry(int place) => Spelling.Field($"{_alias}.z", place + 1);

    private string Elements(bool withOrdinality, bool keepsAll)
    {
        var lists = _lists.Select((_, place) => $"l{place}").ToList();
        var zipped = withOrdinality
            ? $"list_zip({string.Join(", ", lists)}, range(1, 1 + greatest({string.Join(", ", lists.Select(list => $"len({list})"))})))"
            : lists.Count == 1 ? lists[0] : $"list_zip({string.Join(", ", lists)})";
        return keepsAll ? $"CASE WHEN {string.Join(" AND ", lists.Select(list => $"len({list}) = 0"))} THEN [NULL] ELSE {zipped} END" : zipped;
    }
}

/// <summary>What was unnested: the columns before, and those that are new.</summary>
internal sealed record UnnestedRelation(string Sql, IReadOnlyList<Field> Before, IReadOnlyList<Field> Fields);
