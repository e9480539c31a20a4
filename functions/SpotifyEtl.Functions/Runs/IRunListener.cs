namespace SpotifyEtl.Runs;

/// <summary>Hears of runs that have left their record, the last thing that a run writes; of one, where its step is made again, more than once.</summary>
public interface IRunListener
{
    void OnRecorded(RunResult run);
}
