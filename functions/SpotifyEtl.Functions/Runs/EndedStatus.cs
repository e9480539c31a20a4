using System.Text.Json.Serialization;
using SpotifyEtl.Transform.Tables;

namespace SpotifyEtl.Runs;

/// <summary>
/// What became of a run, or of a part of one: the custom status that its orchestration ends with, for run monitors that show little else of an
/// ended instance.
/// </summary>
public sealed record EndedStatus
{
    private EndedStatus(RunStatus status) => Status = status;

    /// <summary>In the place where <see cref="RunProgress"/> has the phase.</summary>
    public string Phase { get; } = "Ended";

    public RunStatus Status { get; }

    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public PlaylistCounts? Playlists { get; private init; }

    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public PlaylistCounts? Sources { get; private init; }

    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public FileCounts? Files { get; private init; }

    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public RowCounts? Rows { get; private init; }

    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? Message { get; private init; }

    public static EndedStatus Of(RunResult run) => new(run.Status)
    {
        Playlists = PlaylistCounts.Of(run.Playlists),
        Sources = run.Sources is { } sources ? PlaylistCounts.Of(sources) : null,
        Files = run.Files,
        Rows = run.Rows,
    };

    public static EndedStatus Of(BatchResult batch) =>
        new(batch.Files.Failed == 0 ? RunStatus.Succeeded : RunStatus.Failed) { Files = batch.Files, Rows = batch.Rows };

    public static EndedStatus Of(CrawlerResult crawler) =>
        new(crawler.Status is CrawlStatus.Succeeded ? RunStatus.Succeeded : RunStatus.Failed) { Message = crawler.Message };

    /// <summary>A run that a failed step ended before it had a result.</summary>
    public static EndedStatus Failed { get; } = new(RunStatus.Failed);
}
