using System.Text.Json.Serialization;
using SpotifyEtl.Lake;
using SpotifyEtl.Spotify;
using SpotifyEtl.Transform.Tables;

namespace SpotifyEtl.Runs;

/// <summary>What a run did: the orchestration's output and the record in run_data/runs.</summary>
public sealed record RunResult
{
    public required string RunId { get; init; }

    public required RunStatus Status { get; init; }

    public required DateTimeOffset StartedAt { get; init; }

    public required DateTimeOffset EndedAt { get; init; }

    /// <summary>Which processed files it transformed again; absent when it was no such run.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public ReprocessRange? Reprocess { get; init; }

    public required IReadOnlyList<PlaylistResult> Playlists { get; init; }

    /// <summary>What became of the other sources; absent when it was asked for none.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public IReadOnlyList<SourceResult>? Sources { get; init; }

    public required FileCounts Files { get; init; }

    public required RowCounts Rows { get; init; }

    public required IReadOnlyList<CrawlerResult> Crawlers { get; init; }

    /// <summary>The months whose typed tables were written, in order; absent when none was.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public IReadOnlyList<string>? Months { get; init; }

    /// <summary>What went wrong, for people; none when it succeeded.</summary>
    public required IReadOnlyList<string> Problems { get; init; }

    /// <summary>The raw files that were set aside, the first of them: <see cref="Files"/> counts all; absent when none was.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public IReadOnlyList<RejectedFile>? Rejected { get; init; }

    /// <summary>What went wrong without making it fail, for people; absent when nothing did.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public IReadOnlyList<string>? Warnings { get; init; }

    /// <summary>
    /// The sum of a run's phases: it succeeded if nothing went wrong in any of them. Files that were set aside are a warning, unless none was loaded
    /// beside them or the run had extracted one of them itself.
    /// </summary>
    public static RunResult Of(
        string runId,
        RunRequest request,
        DateTimeOffset startedAt,
        DateTimeOffset endedAt,
        ExtractedLists extracted,
        BatchResult files,
        IReadOnlyList<CrawlerResult> crawlers,
        IReadOnlyList<string> mismatches)
    {
        List<string> problems =
        [
            .. extracted.Problems,
            .. NothingLoaded(files.Files),
            .. files.Problems,
            .. crawlers.Where(crawler => crawler.Status is CrawlStatus.Failed).Select(crawler => $"Crawler {crawler.Name}: {crawler.Message}"),
            .. mismatches,
        ];
        return new RunResult
        {
            RunId = runId,
            Status = problems.Count == 0 ? RunStatus.Succeeded : RunStatus.Failed,
            StartedAt = startedAt,
            EndedAt = endedAt,
            Reprocess = request.Reprocess,
            Playlists = extracted.Playlists,
            Sources = extracted.Sources.Count > 0 ? extracted.Sources : null,
            Files = files.Files,
            Rows = files.Rows,
            Crawlers = crawlers,
            Problems = problems,
            Rejected = files.Rejected,
            Warnings = Warn(files, extracted.Warnings) is { Count: > 0 } warnings ? warnings : null,
        };
    }

    private static IEnumerable<string> NothingLoaded(FileCounts files) => files is { Rejected: > 0, Transformed: 0 }
        ? [$"No raw file was loaded: {(files.Rejected == 1 ? "the only one was" : $"all {files.Rejected} were")} rejected."]
        : [];

    private static List<string> Warn(BatchResult files, IEnumerable<string> ofSources)
    {
        List<string> warnings = [.. (files.Rejected ?? []).Select(file => file.ToString()), .. files.Warnings ?? [], .. ofSources];
        if (files.Files.Rejected - (files.Rejected?.Count ?? 0) is > 0 and var more && files.Rejected is not null)
        {
            warnings.Add($"{more} more raw files were rejected: see the .error.json files in {LakeKeys.Rejected}.");
        }

        return warnings;
    }

    /// <summary>What is known of a run that ended before it left its record: that it failed, and why.</summary>
    public static RunResult WithoutRecord(string runId, DateTimeOffset startedAt, DateTimeOffset endedAt, string reason) => new()
    {
        RunId = runId,
        Status = RunStatus.Failed,
        StartedAt = startedAt,
        EndedAt = endedAt,
        Playlists = [],
        Files = FileCounts.None,
        Rows = RowCounts.None,
        Crawlers = [],
        Problems = [reason],
    };
}
