using SpotifyEtl.Runs;

namespace SpotifyEtl.Instances;

/// <summary>What must be so for a run to be started, or gone on with, as the app is set up now.</summary>
public interface IRunRule
{
    /// <summary>Why there can be no such run, and what to do; null: it keeps the rule.</summary>
    string? Refusal(RunRequest request);
}
