namespace SpotifyEtl.Spotify;

/// <summary>A list whose rows Spotify gives in pages, and which may change while it is read.</summary>
internal interface IRowList
{
    SourceId Source { get; }

    /// <summary>What is known of the list without its rows, its version if it has one.</summary>
    Task<PlaylistHead> ReadHeadAsync(CancellationToken cancellationToken);

    /// <summary>Reads the pages in order, until all announced rows are there.</summary>
    /// <exception cref="IncompleteListException">The pages do not fit together.</exception>
    IAsyncEnumerable<PlaylistPage> ReadPagesAsync(PlaylistHead head, CancellationToken cancellationToken);

    /// <summary>The version that the list has now, if it has one.</summary>
    Task<string?> ReadVersionAsync(CancellationToken cancellationToken);
}
