namespace SpotifyEtl.Runs;

/// <summary>How it stands with a run: the one word for it, wherever a run is shown, asked for or recorded.</summary>
public enum RunStatus
{
    /// <summary>It is at work, or about to be.</summary>
    Running,

    /// <summary>It was told to stand still until it is told to go on.</summary>
    Suspended,

    /// <summary>It has not ended, and no process is there to go on with it: the next one that takes its state folder does.</summary>
    Interrupted,

    /// <summary>It ended, and nothing went wrong.</summary>
    Succeeded,

    /// <summary>It ended, and something went wrong.</summary>
    Failed,

    /// <summary>It was ended by hand.</summary>
    Cancelled,
}
