namespace SpotifyEtl.Local.Demo;

/// <summary>Whether the built-in playlist stands in for Spotify in this process, and what is said of that.</summary>
/// <param name="IsOn">Whether it does.</param>
/// <param name="Lake">The lake, as it was named.</param>
/// <param name="Hint">How it is asked, where that is not plain.</param>
internal sealed record DemoMode(bool IsOn, string Lake, string? Hint = null)
{
    private const string Why = "Demo: no Spotify credentials are set, so";

    /// <summary>What a run says at its start.</summary>
    public string OfRun => $"{Why} this run is loading the built-in demo playlist, invented music, into {Lake}.{(Hint is null ? "" : $" {Hint}")}";

    /// <summary>What a server says at its start, and its pages say.</summary>
    public string OfServer => $"{Why} runs load the built-in demo playlist, invented music, into {Lake}.";
}
