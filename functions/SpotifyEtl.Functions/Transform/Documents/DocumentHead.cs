using System.Text;
using SpotifyEtl.Lake;
using SpotifyEtl.Transform.Items;

namespace SpotifyEtl.Transform.Documents;

/// <summary>
/// What a document says of its rows. The ids and the time come from the document, else from the file's name, else are empty.
/// </summary>
internal sealed record DocumentHead(byte[] PlaylistId, byte[] SnapshotId, byte[] ExtractedAt, PlaylistFields Playlist)
{
    // Beyond it no list of Spotify's goes; a position of it and a row number never overflow.
    private const long MaxOffset = 1L << 40;

    /// <summary>How many rows of the playlist come before the document's; null: it does not say.</summary>
    public long? Offset { get; private init; }

    /// <summary>Whether it names a page that follows.</summary>
    public bool HasNext { get; private init; }

    /// <summary>How many rows the playlist has; null: it does not say.</summary>
    public long? Total { get; private init; }

    /// <summary>The head of rows of which a file says nothing.</summary>
    public static DocumentHead Of(RawFileName file) => Of(file, new PlaylistFields(), new PagingFields(), extractedAt: null);

    /// <param name="file">The file's name.</param>
    /// <param name="playlist">What the document says of its playlist.</param>
    /// <param name="page">What it says of the place of its rows among those of the playlist.</param>
    /// <param name="extractedAt">When it was extracted, as it says.</param>
    public static DocumentHead Of(RawFileName file, PlaylistFields playlist, PagingFields page, byte[]? extractedAt) => new(
        playlist.Id ?? PlaylistHref.IdIn(playlist.Href) ?? PlaylistHref.IdIn(page.Href) ?? Encoding.UTF8.GetBytes(file.PlaylistId ?? ""),
        playlist.SnapshotId ?? [],
        UtcTime.TryParse(extractedAt, out var time) ? UtcTime.ToExtractedAt(time)
        : file.ExtractedAt is { } named ? UtcTime.ToExtractedAt(named.UtcDateTime)
        : [],
        playlist)
    {
        Offset = page.Offset <= MaxOffset ? page.Offset : null,
        HasNext = page.HasNext,
        Total = page.Total ?? playlist.Items.Total ?? playlist.Tracks.Total,
    };
}
