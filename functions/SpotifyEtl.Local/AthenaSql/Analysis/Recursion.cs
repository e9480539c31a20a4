using SpotifyEtl.Local.AthenaSql.Syntax;
using SpotifyEtl.Local.AthenaSql.Types;

namespace SpotifyEtl.Local.AthenaSql.Analysis;

/// <summary>A relation that speaks of itself: what it begins with, and the step from rows to further ones.</summary>
internal sealed class Recursion(NamedRelation relation, SetOperation union)
{
    /// <summary>The recursion of a relation; null: it is none.</summary>
    public static Recursion? Of(NamedRelation relation)
    {
        var query = relation.Query;
        while (query is { Body: NestedBody nested, With: [], Order: [] })
        {
            query = nested.Query;
        }

        return query is { Body: SetOperation { Operator: "UNION" } union, With: [], Order: [], Limit: null, Offset: null }
            ? new Recursion(relation, union)
            : null;
    }

    public AnalyzedQuery Analyze(QueryAnalyzer queries, string name, Scope? outer)
    {
        var start = QueryAnalyzer.Renamed(new Bodies(queries).Analyze(union.Left, outer), relation.Columns, relation.At, relation.Name);
        var step = new Bodies(queries.With(relation.Name, new NamedQueryRelation(name, start))).Analyze(union.Right, outer);
        if (step.Columns.Count != start.Columns.Count)
        {
            throw union.At.Fault($"UNION query has different number of fields: {start.Columns.Count}, {step.Columns.Count}");
        }

        for (var place = 0; place < start.Columns.Count; place++)
        {
            var (first, second) = (start.Columns[place].Type, step.Columns[place].Type);
            if (!TypeRules.CanCoerce(second, first))
            {
                throw union.At.Fault($"recursion step relation output type ({second}) is not coercible to recursion base relation output type ({first})");
            }
        }

        if (!union.IsAll && start.Columns.Any(column => Zoned.Has(column.Type)))
        {
            throw union.At.Fault($"A recursive UNION of timestamps with time zone is not offered here: {Zoned.Instead}");
        }

        var all = union.IsAll ? " ALL" : "";
        var coerced = new Bodies(queries).As(step, start.Columns, union.At);
        return start with { Sql = $"({start.Sql}) UNION{all} ({coerced})" };
    }
}
