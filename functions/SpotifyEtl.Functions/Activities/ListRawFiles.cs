using System.Text.Json.Serialization;
using Microsoft.Azure.Functions.Worker;
using SpotifyEtl.Lake;
using SpotifyEtl.Runs;

namespace SpotifyEtl.Activities;

/// <summary>
/// Lists one page of what waits in to_process, or of what is to be processed again, in order of name. Before the first page of what waits, it gives files
/// that would replace others names of their own.
/// </summary>
public sealed class ListRawFiles(ILake lake, RawFileNames rawFileNames)
{
    /// <summary>The most names of one page: ten batches, some 30 KB.</summary>
    private const int PageSize = 500;

    [Function(nameof(ListRawFiles))]
    public async Task<RawFilePage> RunAsync([ActivityTrigger] ListRawFilesRequest request, CancellationToken cancellationToken)
    {
        var renamed = request is { Reprocess: null, After: null } ? await rawFileNames.SettleAsync(cancellationToken) : [];
        List<string> names = [];
        var folder = request.Reprocess is null ? LakeKeys.ToProcess : LakeKeys.Processed;
        await foreach (var found in lake.ListAsync(folder, request.After is { } after ? folder + after : null, cancellationToken))
        {
            if (!LakeKeys.IsDirectlyIn(folder, found.Key) || request.Reprocess?.Contains(RawFileName.OfKey(found.Key)) is false)
            {
                continue;
            }

            if (names.Count == PageSize)
            {
                return new RawFilePage(names, names[^1]) { Renamed = renamed is [] ? null : renamed };
            }

            names.Add(found.Key[folder.Length..]);
        }

        return new RawFilePage(names, null) { Renamed = renamed is [] ? null : renamed };
    }
}

/// <summary>Where the page begins: after this name, or at the start.</summary>
public sealed record ListRawFilesRequest(string? After)
{
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
}
