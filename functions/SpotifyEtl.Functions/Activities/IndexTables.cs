using Microsoft.Azure.Functions.Worker;
using SpotifyEtl.Analytics;
using SpotifyEtl.Lake;

namespace SpotifyEtl.Activities;

/// <summary>Enters raw files into the index of months by what their CSV holds, and has those months built anew. Run twice, it enters the same.</summary>
public sealed class IndexTables(FileMonths months)
{
    private const int FilesAtOnce = 8;

    /// <returns>How many files there are.</returns>
    [Function(nameof(IndexTables))]
    public async Task<int> RunAsync([ActivityTrigger] IndexTablesRequest request, CancellationToken cancellationToken)
    {
        await Parallel.ForEachAsync(
            request.Names,
            new ParallelOptions { MaxDegreeOfParallelism = FilesAtOnce, CancellationToken = cancellationToken },
            async (name, stop) => await months.IndexAsync(request.RunId, new RawFileName(name), stop));
        return request.Names.Count;
    }
}

/// <summary>The raw files, by name, and the run for which they are entered.</summary>
public sealed record IndexTablesRequest(string RunId, IReadOnlyList<string> Names);
