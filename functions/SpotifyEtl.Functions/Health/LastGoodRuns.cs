using SpotifyEtl.Errors;
using SpotifyEtl.Lake;
using SpotifyEtl.Lake.Records;
using SpotifyEtl.Runs;

namespace SpotifyEtl.Health;

/// <summary>
/// The newest run that succeeded, kept in run_data/last_good_run.json, so that its age is one read away whatever was purged. A run that
/// only processed files again brings nothing new and does not count.
/// </summary>
public sealed class LastGoodRuns(LakeRecords records)
{
    private volatile LastGoodRun? _known;

    /// <summary>The one that this process saw last, without a look into the lake.</summary>
    public LastGoodRun? Known => _known;

    /// <summary>The last good run, or null when there was none.</summary>
    /// <exception cref="PermanentEtlException">The record cannot be read, so that it is not known whether there was one.</exception>
    public async Task<LastGoodRun?> FindAsync(CancellationToken cancellationToken)
    {
        var found = await records.LookAsync<LastGoodRun>(LakeKeys.LastGoodRun, cancellationToken);
        return found.Problem is { } problem ? throw new PermanentEtlException($"{problem} The next run that succeeds writes it anew.") : _known = found.Record;
    }

    /// <summary>Notes a run that has ended, if it was a good one and the newest.</summary>
    public async Task NoteAsync(RunResult run, CancellationToken cancellationToken)
    {
        if (run.Status is RunStatus.Succeeded && run.Reprocess is null)
        {
            LastGoodRun good = new(run.RunId, run.EndedAt);
            await records.UpdateAsync<LastGoodRun>(
                LakeKeys.LastGoodRun,
                before =>
                {
                    _known = before?.EndedAt >= good.EndedAt ? before : good;
                    return _known == good ? good : null;
                },
                cancellationToken);
        }
    }
}

/// <summary>A run that succeeded, and when it ended (UTC).</summary>
public sealed record LastGoodRun(string RunId, DateTimeOffset EndedAt);
