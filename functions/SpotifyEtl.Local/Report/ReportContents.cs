using SpotifyEtl.Runs;

namespace SpotifyEtl.Local.Report;

/// <summary>What a report shows: the answers of the named queries, and the run that they come from.</summary>
public sealed record ReportContents
{
    /// <summary>When the queries were asked.</summary>
    public required DateTimeOffset WrittenAt { get; init; }

    /// <summary>Where the lake is.</summary>
    public required string Lake { get; init; }

    /// <summary>Whether the lake is the demo's.</summary>
    public bool IsDemo { get; init; }

    /// <summary>The lake's newest run; null when none has left its record.</summary>
    public required RunResult? Run { get; init; }

    /// <summary>Null: the lake holds nothing yet.</summary>
    public required ReportAnswers? Answers { get; init; }

    /// <summary>What Athena scanned for the answers; null where answers cost nothing.</summary>
    public long? ScannedBytes { get; init; }

    /// <summary>The playlist's name, if the run learned it from Spotify, else its id.</summary>
    public string NameOf(string playlistId) =>
        Run?.Playlists.FirstOrDefault(playlist => playlist.PlaylistId == playlistId)?.Name is { Length: > 0 } name ? name
        : playlistId.Length > 0 ? playlistId
        : "Files that name no playlist";
}

/// <summary>The answers, one for each part of the report.</summary>
public sealed record ReportAnswers
{
    public required QueryAnswer Totals { get; init; }

    public required QueryAnswer TopSongs { get; init; }

    public required QueryAnswer TopArtists { get; init; }

    public required QueryAnswer ReleaseYears { get; init; }

    public required QueryAnswer SongsAdded { get; init; }

    public required ChartMoves Moves { get; init; }

    public required PlaylistGrowth Growth { get; init; }

    public required LeftOutSnapshots LeftOut { get; init; }

    /// <summary>What was played; null: the lake has no plays.</summary>
    public ListeningAnswers? Listening { get; init; }

    public required QueryAnswer Rejects { get; init; }

    public IReadOnlyList<QueryAnswer> All =>
    [
        Totals, TopSongs, TopArtists, ReleaseYears, SongsAdded, Moves.Answer, Growth.Answer, LeftOut.Answer, Rejects, .. Listening?.All ?? [],
    ];
}
