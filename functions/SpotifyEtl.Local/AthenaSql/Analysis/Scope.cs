using SpotifyEtl.Local.AthenaSql.Syntax;

namespace SpotifyEtl.Local.AthenaSql.Analysis;

/// <summary>The columns that may be spoken of, and around them those of the query outside.</summary>
internal sealed class Scope(IReadOnlyList<Field> fields, Scope? parent)
{
    public IReadOnlyList<Field> Fields => fields;

    public Scope? Parent => parent;

    /// <summary>Collects the columns that are neither grouped by nor in an aggregate, where that counts.</summary>
    public List<UngroupedColumn>? Ungrouped { get; set; }

    /// <summary>What the rows are grouped by, as DuckDB's expressions.</summary>
    public IReadOnlySet<string>? GroupKeys { get; set; }

    /// <summary>
    /// Where this is a scope of ORDER BY, that of the query's rows: what is grouped counts in both.
    /// </summary>
    public Scope? OrderOf { get; init; }

    /// <summary>Computes something of single rows, as an aggregate's argument is.</summary>
    public T OfRows<T>(Func<T> compute)
    {
        var (here, source) = (Ungrouped, OrderOf?.Ungrouped);
        Ungrouped = null;
        if (OrderOf is not null)
        {
            OrderOf.Ungrouped = null;
        }

        try
        {
            return compute();
        }
        finally
        {
            Ungrouped = here;
            if (OrderOf is not null)
            {
                OrderOf.Ungrouped = source;
            }
        }
    }

    /// <summary>The column of a name; null: there is none.</summary>
    public Field? Find(IReadOnlyList<string> parts, Position at)
    {
        var found = fields.Where(field => field.Answers(parts)).DistinctBy(field => field.Sql, StringComparer.Ordinal).Take(2).ToList();
        if (found.Count > 1)
        {
            throw at.Fault($"Column '{string.Join('.', parts)}' is ambiguous");
        }

        if (found.Count == 0)
        {
            return parent?.Find(parts, at);
        }

        if (Ungrouped is not null && !found[0].IsOutput && GroupKeys?.Contains(found[0].Sql) is not true)
        {
            Ungrouped.Add(new UngroupedColumn(string.Join('.', parts), at));
        }

        return found[0];
    }
}

/// <summary>A column that stands where only what is grouped by may, or an aggregate.</summary>
internal sealed record UngroupedColumn(string Name, Position At);
