namespace SpotifyEtl.Triggers;

/// <summary>What is wrong with a request.</summary>
public sealed record ErrorAnswer(string Message)
{
    public static ErrorAnswer NoRun(string runId) => new($"There is no run {runId}.");
}
