using SpotifyEtl.Catalog;

namespace SpotifyEtl.Local.Catalog.Listing;

/// <summary>What is known of a table without asking it.</summary>
/// <param name="Rows">Its rows; null: that is not known without counting them.</param>
/// <param name="NewestExtraction">When the newest of them was extracted (UTC); null: that is not known, or nothing tells it.</param>
public sealed record TableFigures(long? Rows = null, DateTimeOffset? NewestExtraction = null)
{
    /// <summary>The newest month that it has rows of, such as <c>2026-11</c>; null: it has none, or it is not laid out by months.</summary>
    public string? NewestMonth { get; init; }

    /// <summary>What it cost to count the rows, where that cost anything.</summary>
    public QueryCost? CountCost { get; init; }

    /// <summary>Why they cannot be told; null: they can.</summary>
    public string? Problem { get; init; }
}
