using System.Text.RegularExpressions;
using SpotifyEtl.Lake;
using SpotifyEtl.Runs;

namespace SpotifyEtl.Local.Report;

/// <summary>Finds the record of the run that ended last.</summary>
internal sealed partial class NewestRun(ILake lake, RunRecords records)
{
    /// <summary>The newest run that has left its record in the lake, or null.</summary>
    public async Task<RunResult?> FindAsync(CancellationToken cancellationToken)
    {
        var (named, timed) = await CandidatesAsync(cancellationToken);
        RunResult? newest = null;
        foreach (var runId in named)
        {
            var run = await records.FindRunAsync(runId, cancellationToken);
            newest = run is not null && (newest is null || run.EndedAt > newest.EndedAt) ? run : newest;
        }

        foreach (var runId in timed)
        {
            if (await records.FindRunAsync(runId, cancellationToken) is { } run)
            {
                return newest is null || run.EndedAt > newest.EndedAt ? run : newest;
            }
        }

        return newest;
    }

    // Ids that tell their time spare reading years of records: the first of them that can be read is the newest. A name that a user gave says nothing of its
    // time.
    private async Task<(IReadOnlyList<string> Named, IReadOnlyList<string> Timed)> CandidatesAsync(CancellationToken cancellationToken)
    {
        List<string> named = [];
        List<(string Time, string RunId)> timed = [];
        await foreach (var item in lake.ListAsync(LakeKeys.Runs, cancellationToken: cancellationToken))
        {
            if (!item.Key.EndsWith(".json", StringComparison.Ordinal))
            {
                continue;
            }

            var runId = item.Key[LakeKeys.Runs.Length..^".json".Length];
            if (TimedId().Match(runId) is { Success: true } match)
            {
                timed.Add((match.Groups["time"].Value, runId));
            }
            else
            {
                named.Add(runId);
            }
        }

        timed.Sort((a, b) => string.CompareOrdinal(b.Time + b.RunId, a.Time + a.RunId));
        return (named, [.. timed.Select(run => run.RunId)]);
    }

    [GeneratedRegex(
        @"\A(scheduled|manual)-(?<time>\d{8}T\d{6}Z)",
        RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture,
        matchTimeoutMilliseconds: 1000)]
    private static partial Regex TimedId();
}
