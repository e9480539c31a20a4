using DurableTask.Core;

namespace DurableTask.Sqlite.Store;

/// <summary>The conditions of a query with their values.</summary>
internal sealed class Conditions
{
    private readonly List<string> _conditions = [];
    private readonly List<object?> _values = [];

    public ReadOnlySpan<object?> Values => System.Runtime.InteropServices.CollectionsMarshal.AsSpan(_values);

    /// <summary>Adds a condition, whose values are {0} and so on.</summary>
    public void Where(string condition, params ReadOnlySpan<object?> values)
    {
        var text = condition;
        for (var i = 0; i < values.Length; i++)
        {
            text = text.Replace($"{{{i}}}", Add(values[i]), StringComparison.Ordinal);
        }

        _conditions.Add(text);
    }

    public void WhereIf(bool isAsked, string condition, object? value)
    {
        if (isAsked)
        {
            Where(condition, value);
        }
    }

    /// <summary>Adds that the status is one of some; none: any.</summary>
    public void WhereStatusIn(IEnumerable<OrchestrationStatus>? statuses)
    {
        if (statuses?.ToList() is { Count: > 0 } asked)
        {
            Where($"status IN ({string.Join(", ", asked.Select(status => $"'{status}'"))})");
        }
    }

    /// <summary>Adds a value.</summary>
    /// <returns>Its name in the query.</returns>
    public string Add(object? value)
    {
        _values.Add(value);
        return "?" + _values.Count;
    }

    public override string ToString() => _conditions.Count == 0 ? string.Empty : " WHERE " + string.Join(" AND ", _conditions);
}
