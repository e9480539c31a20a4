using SpotifyEtl.Local.Formats;

namespace SpotifyEtl.Local.Interactive;

/// <summary>How a shell shows results, which its commands change.</summary>
internal sealed class ShellState(QueryFormat format)
{
    public QueryFormat Format { get; set; } = format;

    /// <summary>The most rows of a result that are shown; null: all.</summary>
    public int? MostRows { get; set; } = 1000;

    public bool IsTimed { get; set; } = true;

    /// <summary>Where the next result goes; null: to the terminal.</summary>
    public QueryTarget? Next { get; set; }

    public bool IsLeft { get; set; }
}
