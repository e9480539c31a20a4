namespace Microsoft.DurableTask;

/// <summary>A page of values.</summary>
public sealed class Page<T>(IReadOnlyList<T> values, string? continuationToken = null)
    where T : notnull
{
    /// <summary>The page's values.</summary>
    public IReadOnlyList<T> Values { get; } = values;

    /// <summary>Where the next page begins; null: there is none.</summary>
    public string? ContinuationToken { get; } = continuationToken;
}
