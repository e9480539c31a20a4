namespace SpotifyEtl.Transform.Documents;

/// <summary>How far the reading of a row came.</summary>
internal enum ReadProgress
{
    /// <summary>The row goes on behind what is in memory.</summary>
    NeedsMore,
    Done,

    /// <summary>There are no more rows.</summary>
    AtEnd,
}
