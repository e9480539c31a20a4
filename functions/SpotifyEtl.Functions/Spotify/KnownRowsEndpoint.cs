namespace SpotifyEtl.Spotify;

/// <summary>Remembers for the process at which endpoint Spotify gives this app rows, once a playlist has said one and another answered.</summary>
public sealed class KnownRowsEndpoint
{
    private volatile Known? _known;

    /// <summary>Whether rows are at <c>/items</c>, as since 2026, or at <c>/tracks</c>; null: nothing is known yet.</summary>
    internal bool? RowsAreItems => _known?.RowsAreItems;

    internal void Remember(bool rowsAreItems) => _known = new Known(rowsAreItems);

    private sealed record Known(bool RowsAreItems);
}
