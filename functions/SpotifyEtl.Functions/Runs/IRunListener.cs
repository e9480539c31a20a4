namespace SpotifyEtl.Runs;

/// <summary>Hears of runs that have ended.</summary>
public interface IRunListener
{
    /// <summary>One has left its record, the last thing that a run writes; where its step is made again, it is told of more than once.</summary>
    void OnRecorded(RunResult run);

    /// <summary>One was ended by hand.</summary>
    void OnCancelled(string runId)
    {
    }
}
