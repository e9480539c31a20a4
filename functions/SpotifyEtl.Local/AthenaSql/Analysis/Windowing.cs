using SpotifyEtl.Local.AthenaSql.Syntax;

namespace SpotifyEtl.Local.AthenaSql.Analysis;

/// <summary>Windows in DuckDB's SQL.</summary>
internal sealed class Windowing(ExpressionAnalyzer expressions)
{
    public string Of(WindowSpecification window)
    {
        var inside = expressions.Inside;
        expressions.Inside = "Window";
        try
        {
            return Render(Complete(window));
        }
        finally
        {
            expressions.Inside = inside;
        }
    }

    private string Render(WindowSpecification window)
    {
        List<string> parts = [];
        if (window.Partition.Count > 0)
        {
            parts.Add($"PARTITION BY {string.Join(", ", window.Partition.Select(key => DuckDb.ComparisonSql.Comparable(Aggregated(key))))}");
        }

        if (window.Order.Count > 0)
        {
            parts.Add($"ORDER BY {string.Join(", ", window.Order.Select(Sorted))}");
        }

        if (window.Frame is { } frame)
        {
            var end = frame.End is null ? "CURRENT ROW" : Bound(frame.End, frame);
            parts.Add($"{frame.Unit} BETWEEN {Bound(frame.Start, frame)} AND {end}");
        }

        return string.Join(' ', parts);
    }

    // Over the groups of a query, a window may speak of their aggregates.
    private Value Aggregated(Expression key)
    {
        expressions.Inside = null;
        return expressions.Analyze(key);
    }

    private string Sorted(SortItem item)
    {
        expressions.Inside = null;
        return expressions.Sorted(item);
    }

    // A window that another names lends it what that one has not.
    private WindowSpecification Complete(WindowSpecification window)
    {
        if (window.Base is not { } name)
        {
            return window;
        }

        if (!expressions.Queries.Windows.TryGetValue(name, out var named))
        {
            throw window.At.Fault($"Cannot resolve WINDOW name {name}");
        }

        var under = Complete(named);
        if (window.Partition.Count > 0)
        {
            throw window.At.Fault("WINDOW specification with named WINDOW reference cannot specify PARTITION BY");
        }

        if (window.Order.Count > 0 && under.Order.Count > 0)
        {
            throw window.At.Fault("Cannot specify ORDER BY if WINDOW specification references a named WINDOW with ORDER BY clause");
        }

        return under.Frame is not null && !window.IsReference
            ? throw window.At.Fault("Cannot reference named WINDOW containing frame specification")
            : under with { Order = window.Order.Count > 0 ? window.Order : under.Order, Frame = window.Frame ?? under.Frame };
    }

    private string Bound(FrameBound bound, Frame frame)
    {
        if (bound.Offset is null)
        {
            return bound.Kind;
        }

        var offset = expressions.Analyze(bound.Offset);
        var fits = frame.Unit is "RANGE" ? TypeRules.IsNumeric(offset.Type) || TypeRules.IsInterval(offset.Type) : TypeRules.IsInteger(offset.Type);
        return fits
            ? $"{offset.Sql} {bound.Kind}"
            : throw bound.Offset.At.Fault($"Window frame of type {frame.Unit} does not support offsets of type {offset.Type}");
    }
}
