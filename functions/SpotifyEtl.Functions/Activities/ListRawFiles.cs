using System.Text.Json.Serialization;
using Microsoft.Azure.Functions.Worker;
using SpotifyEtl.Lake;
using SpotifyEtl.Runs;
using SpotifyEtl.Telemetry;
using SpotifyEtl.Transform.Documents;

namespace SpotifyEtl.Activities;

/// <summary>
/// Lists one page of what waits in to_process, or of what is to be processed again, in order of name. Before the first page of what waits, what is no
/// readable file is set aside, and files that would replace others get names of their own.
/// </summary>
public sealed class ListRawFiles(ILake lake, RawFileRenaming renaming, RejectedFiles rejectedFiles)
{
    /// <summary>The most names of one page: ten batches, some 30 KB.</summary>
    private const int PageSize = 500;

    [Function(nameof(ListRawFiles))]
    public async Task<RawFilePage> RunAsync([ActivityTrigger] ListRawFilesRequest request, CancellationToken cancellationToken)
    {
        var begins = request is { Reprocess: null, After: null };
        var (rejected, rejectedCount) = begins ? await SetAsideAsync(request.RunId, cancellationToken) : ([], 0);
        var renamed = begins ? await renaming.SettleAsync(cancellationToken) : [];
        List<string> names = [];
        List<string> passedOver = [];
        var folder = request.Reprocess is null ? LakeKeys.ToProcess : LakeKeys.Processed;
        await foreach (var found in lake.ListAsync(folder, request.After is { } after ? folder + after : null, cancellationToken))
        {
            if (LakeKeys.RawNameIn(found.Key) is null || request.Reprocess?.Contains(RawFileName.OfKey(found.Key)) is false)
            {
                continue;
            }

            if (found.Fault is { } fault)
            {
                // In to_process it came after the look for such files: the next run sets it aside.
                passedOver.Add($"{found.Key} was passed over: {fault}.");
                continue;
            }

            if (names.Count == PageSize)
            {
                return Page(names[^1]);
            }

            names.Add(found.Key[folder.Length..]);
        }

        return Page(next: null);

        RawFilePage Page(string? next) => new(names, next)
        {
            Renamed = renamed is [] ? null : renamed,
            PassedOver = passedOver is [] ? null : [.. passedOver.Take(BatchResult.MaxNamed)],
            Rejected = rejected is [] ? null : rejected,
            RejectedCount = rejectedCount,
        };
    }

    // What nobody can read, or has a name that leads to no tables, would stop this run and every later one. Each leaves its record before it moves, so
    // that an activity which is made again tells of those, too, that the one before it had set aside.
    private async Task<(IReadOnlyList<RejectedFile> Named, int Count)> SetAsideAsync(string? runId, CancellationToken cancellationToken)
    {
        await foreach (var found in lake.ListAsync(LakeKeys.ToProcess, cancellationToken: cancellationToken))
        {
            if (found.Fault is { } fault && LakeKeys.RawNameIn(found.Key) is { } name)
            {
                var file = await FreeNameAsync(name, cancellationToken);
                FileDefect defect = new(DefectReasons.NoFile, $"It cannot be loaded as a raw file: {fault}.", null, null, null);
                await rejectedFiles.KeepAsync(runId, file, rawSha256: null, defect, cancellationToken);
                await lake.SetAsideAsync(found.Key, file.RejectedKey, cancellationToken);
                EtlTelemetry.Files.Add(1, EtlTelemetry.Status(RunMetrics.Rejected));
            }
        }

        return runId is null ? ([], 0) : await rejectedFiles.OfRunAsync(runId, BatchResult.MaxNamed, cancellationToken);
    }

    private async Task<RawFileName> FreeNameAsync(string name, CancellationToken cancellationToken)
    {
        var usable = lake.FaultOfName(name) is null ? name : RawNames.Usable(name, lake.FaultOfName);
        for (var number = 1; ; number++)
        {
            RawFileName file = new(number == 1 ? usable : RawNames.Usable($"{number} {usable}", lake.FaultOfName));
            if (await lake.FindAsync(file.RejectedKey, cancellationToken) is null)
            {
                return file;
            }
        }
    }
}

/// <summary>Where the page begins: after this name, or at the start.</summary>
public sealed record ListRawFilesRequest(string? After)
{
    /// <summary>The run for which files are listed; absent in a run that began before it was told.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? RunId { get; init; }

    /// <summary>Which processed files to list; absent: those in to_process.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public ReprocessRange? Reprocess { get; init; }
}

/// <summary>The names of one page, and the name after which the next begins, or null.</summary>
public sealed record RawFilePage(IReadOnlyList<string> Names, string? Next)
{
    /// <summary>The files that got another name; absent when none did.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public IReadOnlyList<RenamedFile>? Renamed { get; init; }

    /// <summary>What was not listed because it cannot be read, the first of it, in sentences; absent when nothing was.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public IReadOnlyList<string>? PassedOver { get; init; }

    /// <summary>The first of what was set aside as no readable file; absent when nothing was.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public IReadOnlyList<RejectedFile>? Rejected { get; init; }

    /// <summary>How much was set aside; absent when nothing was.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)]
    public int RejectedCount { get; init; }
}
