namespace SpotifyEtl.Local.Tests.Catalog;

/// <summary>What raw files tell of something that has an id, which later files tell anew.</summary>
internal abstract record RawRecord(string Id, DateTime? ExtractedAt, string RawFile);

/// <param name="Credits">The artists that have an id, in order; one that is named twice stands twice.</param>
internal sealed record RawSong(
    string Id, string? Name, int? Popularity, DateTime? Added, string AlbumId, IReadOnlyList<string> Credits, DateTime? ExtractedAt, string RawFile)
    : RawRecord(Id, ExtractedAt, RawFile)
{
    public int? DurationMs { get; init; }
}

internal sealed record RawAlbum(string Id, string? Name, DateOnly? Released, DateTime? ExtractedAt, string RawFile) : RawRecord(Id, ExtractedAt, RawFile)
{
    public string? ImageUrl { get; init; }
}

internal sealed record RawArtist(string Id, string? Name, DateTime? ExtractedAt, string RawFile) : RawRecord(Id, ExtractedAt, RawFile);

/// <summary>A row that names a song. Who names no playlist, or no snapshot, is the file's own.</summary>
internal sealed record RawEntry(RawSnapshot Snapshot, int Position, string SongId, string? LinkedFromId, DateTime? AddedAt)
{
    /// <summary>What the playlist holds there, whatever Spotify plays for it.</summary>
    public string EntryId => LinkedFromId ?? SongId;
}

/// <summary>A playlist as one raw file has it.</summary>
internal sealed record RawSnapshot(string? PlaylistId, string? SnapshotId, DateTime? ExtractedAt, string? Name, bool IsComplete, string RawFile)
{
    public string Playlist => PlaylistId ?? RawFile;

    public string Snapshot => SnapshotId ?? RawFile;

    /// <summary>When the newest of its rows was added, of rejected ones too.</summary>
    public DateTime? NewestAdded { get; init; }

    public DateTime? TakenAt => ExtractedAt ?? NewestAdded;
}

internal sealed record RawReject(string RawFile, string Reason);
