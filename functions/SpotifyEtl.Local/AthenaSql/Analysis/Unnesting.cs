using SpotifyEtl.Local.AthenaSql.DuckDb;
using SpotifyEtl.Local.AthenaSql.Syntax;
using SpotifyEtl.Local.AthenaSql.Types;

namespace SpotifyEtl.Local.AthenaSql.Analysis;

/// <summary>UNNEST: the elements of arrays and the entries of maps as rows, side by side; the shorter ones end in nulls.</summary>
internal sealed class Unnesting(QueryAnalyzer queries, Scope before)
{
    public AnalyzedRelation Analyze(UnnestRelation unnest)
    {
        ExpressionAnalyzer expressions = new(queries.Statement, queries, before, Clause.Unnest);
        var alias = queries.Statement.NewName('r');
        List<string> lists = [];
        List<string> columns = [];
        List<Field> fields = [];
        foreach (var expression in unnest.Values)
        {
            var value = expressions.Analyze(expression);
            var entry = Spelling.Field("z", lists.Count + 1);
            lists.Add($"coalesce({(value.Type is MapType ? $"map_entries({value.Sql})" : value.Sql)}, [])");
            switch (value.Type)
            {
                case ArrayType { Element: RowType row }:
                    Add(row.Fields.Select((field, place) => (field.Name, field.Type, Spelling.Field(entry, place + 1))));
                    break;
                case ArrayType array:
                    Add([(null, array.Element, entry)]);
                    break;
                case MapType map:
                    Add([(null, map.Key, Spelling.Field(entry, 1)), (null, map.Value, Spelling.Field(entry, 2))]);
                    break;
                default:
                    throw expression.At.Fault($"Cannot unnest type: {value.Type}{TextColumns.Advice([value])}");
            }
        }

        if (unnest.WithOrdinality)
        {
            Add([(null, SqlType.BigInt, $"CAST({Spelling.Field("z", lists.Count + 1)} AS BIGINT)")]);
        }

        return new AnalyzedRelation($"LATERAL ({Rows(lists, columns, unnest.WithOrdinality)}) AS {alias}", fields);

        void Add(IEnumerable<(string? Name, SqlType Type, string Sql)> added)
        {
            foreach (var (name, type, sql) in added)
            {
                var column = AnalyzedQuery.ColumnName(columns.Count);
                columns.Add($"{sql} AS {column}");
                fields.Add(new Field(name, type, $"{alias}.{column}"));
            }
        }
    }

    private static string Rows(List<string> lists, List<string> columns, bool withOrdinality)
    {
        var names = lists.Select((_, place) => $"l{place + 1}").ToList();
        var zipped = withOrdinality
            ? [.. names, $"range(1, 1 + greatest({string.Join(", ", names.Select(name => $"len({name})"))}))"]
            : names;
        var arguments = string.Join(", ", lists.Select((list, place) => $"{list} AS {names[place]}"));
        return $"SELECT {string.Join(", ", columns)} FROM (SELECT unnest(list_zip({string.Join(", ", zipped)})) AS z FROM (SELECT {arguments}))";
    }
}
