using Microsoft.DurableTask.Client;
using SpotifyEtl.Runs;

namespace SpotifyEtl.Instances;

/// <summary>Whether there is something to do again of what a run did.</summary>
public static class Repeat
{
    /// <summary>Why there is nothing, and what to do instead; null: there is.</summary>
    public static string? Refusal(OrchestrationMetadata run) => run.ReadInputAs<RunRequest>() switch
    {
        null => $"Run {run.InstanceId} was started without a request, so there is nothing to repeat.",

        // One that did not succeed may have left some of them in to_process.
        { Staged: not null, Playlists.Count: 0, Sources: null or [] } when run.RuntimeStatus is OrchestrationRuntimeStatus.Completed =>
            $"Run {run.InstanceId} loaded raw files that it was given (--raw). They have moved to raw_data/processed, or to raw_data/rejected, so there is "
            + "nothing to load again: 'spotify-etl reprocess' transforms what is in processed once more.",
        _ => null,
    };
}
