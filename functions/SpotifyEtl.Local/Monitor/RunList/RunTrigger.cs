using SpotifyEtl.Instances;
using SpotifyEtl.Runs;

namespace SpotifyEtl.Local.Monitor.RunList;

/// <summary>What made a run.</summary>
public enum RunTrigger
{
    /// <summary>Its due time.</summary>
    Schedule,

    /// <summary>Somebody, for playlists, other sources and what lies in to_process.</summary>
    Manual,

    /// <summary>Somebody, for raw files that were given.</summary>
    Raw,

    /// <summary>Somebody, for files that were processed before.</summary>
    Reprocess,
}

internal static class RunTriggers
{
    /// <summary>What made the run of this id that was asked for this; a request that cannot be read tells nothing.</summary>
    public static RunTrigger Of(string runId, RunRequest? request) => request switch
    {
        { Reprocess: not null } => RunTrigger.Reprocess,
        { Staged: not null } => RunTrigger.Raw,
        _ => RunId.IsScheduled(runId) ? RunTrigger.Schedule : RunTrigger.Manual,
    };
}
