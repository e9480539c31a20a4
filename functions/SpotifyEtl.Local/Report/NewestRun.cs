using System.Text.RegularExpressions;
using SpotifyEtl.Lake;
using SpotifyEtl.Lake.Records;
using SpotifyEtl.Runs;

namespace SpotifyEtl.Local.Report;

/// <summary>Finds the record of the run that ended last.</summary>
internal static partial class NewestRun
{
    /// <summary>The newest run that has left its record in the lake, or null.</summary>
    public static async Task<RunResult?> FindAsync(ILake lake, CancellationToken cancellationToken)
    {
        RunRecords records = new(new LakeRecords(lake));
        RunResult? newest = null;
        foreach (var runId in await CandidatesAsync(lake, cancellationToken))
        {
            var run = await records.FindRunAsync(runId, cancellationToken);
            newest = run is not null && (newest is null || run.EndedAt > newest.EndedAt) ? run : newest;
        }

        return newest;
    }

    // Ids that tell their time spare reading years of records. A name that a user gave says nothing of its time.
    private static async Task<IReadOnlyList<string>> CandidatesAsync(ILake lake, CancellationToken cancellationToken)
    {
        List<string> found = [];
        string? newestTime = null;
        string? newest = null;
        await foreach (var item in lake.ListAsync(LakeKeys.Runs, cancellationToken: cancellationToken))
        {
            if (!item.Key.EndsWith(".json", StringComparison.Ordinal))
            {
                continue;
            }

            var runId = item.Key[LakeKeys.Runs.Length..^".json".Length];
            var time = TimedId().Match(runId);
            if (!time.Success)
            {
                found.Add(runId);
            }
            else if (string.CompareOrdinal(time.Groups["time"].Value, newestTime) >= 0)
            {
                (newestTime, newest) = (time.Groups["time"].Value, runId);
            }
        }

        return newest is null ? found : [.. found, newest];
    }

    [GeneratedRegex(
        @"\A(scheduled|manual)-(?<time>\d{8}T\d{6}Z)",
        RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture,
        matchTimeoutMilliseconds: 1000)]
    private static partial Regex TimedId();
}
