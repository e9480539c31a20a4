using System.Text.RegularExpressions;
using SpotifyEtl.Lake;
using SpotifyEtl.Runs;

namespace SpotifyEtl.Local.Report;

/// <summary>Finds the records of the runs that ended last.</summary>
internal sealed partial class RecentRuns(ILake lake, RunRecords records)
{
    // Nothing but its record tells when a run ended that a user named, and there may be years of them. Names with dates in them sort by these.
    private const int MostNamed = 50;

    /// <summary>The newest runs that have left their records in the lake, the one that ended last first.</summary>
    public async Task<IReadOnlyList<RunResult>> FindAsync(int most, CancellationToken cancellationToken)
    {
        var (named, timed) = await CandidatesAsync(cancellationToken);
        List<RunResult> found = [];
        foreach (var runId in named)
        {
            found.AddRange(await records.FindRunAsync(runId, cancellationToken) is { } run ? [run] : []);
        }

        var wanted = found.Count + most;
        foreach (var runId in timed)
        {
            if (found.Count == wanted)
            {
                break;
            }

            found.AddRange(await records.FindRunAsync(runId, cancellationToken) is { } run ? [run] : []);
        }

        return [.. found.OrderByDescending(run => run.EndedAt).Take(most)];
    }

    // Ids that tell their time spare reading years of records: the first of them that can be read are the newest.
    private async Task<(IEnumerable<string> Named, IEnumerable<string> Timed)> CandidatesAsync(CancellationToken cancellationToken)
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
        return (named.TakeLast(MostNamed), timed.Select(run => run.RunId));
    }

    [GeneratedRegex(
        @"\A(scheduled|manual)-(?<time>\d{8}T\d{6}Z)",
        RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture,
        matchTimeoutMilliseconds: 1000)]
    private static partial Regex TimedId();
}
