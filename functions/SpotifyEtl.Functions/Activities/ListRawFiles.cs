using Microsoft.Azure.Functions.Worker;
using SpotifyEtl.Lake;

namespace SpotifyEtl.Activities;

/// <summary>Lists one page of what waits in to_process, in order of name.</summary>
public sealed class ListRawFiles(ILake lake)
{
    /// <summary>The most names of one page: ten batches, some 30 KB.</summary>
    private const int PageSize = 500;

    [Function(nameof(ListRawFiles))]
    public async Task<RawFilePage> RunAsync([ActivityTrigger] ListRawFilesRequest request, CancellationToken cancellationToken)
    {
        List<string> names = [];
        var startAfter = request.After is { } after ? LakeKeys.ToProcess + after : null;
        await foreach (var found in lake.ListAsync(LakeKeys.ToProcess, startAfter, cancellationToken))
        {
            if (names.Count == PageSize)
            {
                return new RawFilePage(names, names[^1]);
            }

            // Folders inside to_process, and the empty objects that some tools make for folders, are not raw files.
            if (found.Key.LastIndexOf('/') == LakeKeys.ToProcess.Length - 1 && found.Key.Length > LakeKeys.ToProcess.Length)
            {
                names.Add(found.Key[LakeKeys.ToProcess.Length..]);
            }
        }

        return new RawFilePage(names, null);
    }
}

/// <summary>Where the page begins: after this name, or at the start.</summary>
public sealed record ListRawFilesRequest(string? After);

/// <summary>The names of one page, and the name after which the next begins, or null.</summary>
public sealed record RawFilePage(IReadOnlyList<string> Names, string? Next);
