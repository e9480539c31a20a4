using System.Text.Json;
using SpotifyEtl.Lake;
using SpotifyEtl.Runs;

namespace SpotifyEtl.Health;

/// <summary>
/// The newest run that succeeded, kept in run_data/last_good_run.json, so that its age is one read away whatever was purged. A run that
/// only processed files again brings nothing new and does not count.
/// </summary>
public sealed class LastGoodRuns(ILake lake)
{
    private volatile LastGoodRun? _known;

    /// <summary>The one that this process saw last, without a look into the lake.</summary>
    public LastGoodRun? Known => _known;

    /// <summary>The last good run, or null when there was none.</summary>
    public async Task<LastGoodRun?> FindAsync(CancellationToken cancellationToken)
    {
        try
        {
            await using var stream = await lake.OpenReadAsync(LakeKeys.LastGoodRun, cancellationToken);
            return _known = await JsonSerializer.DeserializeAsync<LastGoodRun>(stream, RunJson.Options, cancellationToken);
        }
        catch (Exception exception) when (exception is LakeObjectNotFoundException or JsonException)
        {
            // One that cannot be read says nothing: the next good run writes it anew.
            return _known = null;
        }
    }

    /// <summary>Notes a run that has ended, if it was a good one and the newest.</summary>
    public async Task NoteAsync(RunResult run, CancellationToken cancellationToken)
    {
        if (run.Status is not RunStatus.Succeeded || run.Reprocess is not null || (await FindAsync(cancellationToken))?.EndedAt >= run.EndedAt)
        {
            return;
        }

        LastGoodRun good = new(run.RunId, run.EndedAt);
        await using var writer = await lake.CreateAsync(LakeKeys.LastGoodRun, cancellationToken);
        await JsonSerializer.SerializeAsync(writer.Stream, good, RunJson.Options, cancellationToken);
        writer.Stream.WriteByte((byte)'\n');
        await writer.CommitAsync(cancellationToken);
        _known = good;
    }
}

/// <summary>A run that succeeded, and when it ended (UTC).</summary>
public sealed record LastGoodRun(string RunId, DateTimeOffset EndedAt);
