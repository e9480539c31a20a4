namespace SpotifyEtl.Local.Report;

/// <summary>What a report shows: the answers of the named queries, and how it stands with the lake that they come from.</summary>
public sealed record ReportContents
{
    /// <summary>When the queries were asked.</summary>
    public required DateTimeOffset WrittenAt { get; init; }

    /// <summary>Where the lake is.</summary>
    public required string Lake { get; init; }

    /// <summary>Whether the lake is the demo's.</summary>
    public bool IsDemo { get; init; }

    /// <summary>Its last runs, its health, and what is set aside.</summary>
    public required LakeCondition Condition { get; init; }

    /// <summary>Null: the lake holds nothing yet.</summary>
    public required ReportAnswers? Answers { get; init; }

    /// <summary>What Athena scanned for the answers; null where answers cost nothing.</summary>
    public long? ScannedBytes { get; init; }

    /// <summary>The playlist's name, as its newest snapshot or else a run has it; its id where neither tells.</summary>
    public string NameOf(string playlistId) =>
        Answers?.Snapshots.NameOf(playlistId) is { Length: > 0 } name ? name
        : NameInRuns(playlistId) is { Length: > 0 } told ? told
        : playlistId.Length > 0 ? playlistId
        : "Files that name no playlist";

    private string? NameInRuns(string playlistId) => Condition.Runs
        .SelectMany(run => run.Playlists)
        .FirstOrDefault(playlist => playlist.PlaylistId == playlistId && playlist.Name is { Length: > 0 })?.Name;
}

/// <summary>The answers, one for each part of the report.</summary>
public sealed record ReportAnswers
{
    public required QueryAnswer Totals { get; init; }

    public required QueryAnswer TopSongs { get; init; }

    /// <summary>The images of the top songs' albums; null: a song has none that may be shown.</summary>
    public required IReadOnlyList<string?> AlbumImages { get; init; }

    public required QueryAnswer TopArtists { get; init; }

    public required QueryAnswer ReleaseYears { get; init; }

    public required QueryAnswer SongsAdded { get; init; }

    public required ChartMoves Moves { get; init; }

    public required PlaylistGrowth Growth { get; init; }

    /// <summary>What there is to say of all snapshots.</summary>
    public required SnapshotSurvey Snapshots { get; init; }

    /// <summary>What was played; null: the lake has no plays.</summary>
    public ListeningAnswers? Listening { get; init; }

    public required QueryAnswer Rejects { get; init; }

    public IReadOnlyList<QueryAnswer> All =>
    [
        Totals, TopSongs, TopArtists, ReleaseYears, SongsAdded, Moves.Answer, Growth.Answer, Snapshots.Answer, Rejects, .. Listening?.All ?? [],
    ];
}
