namespace SpotifyEtl.Runs;

/// <summary>The scope of what is logged while a run is worked on.</summary>
/// <param name="RunId">The run.</param>
public sealed record RunScope(string RunId)
{
    /// <summary>The scope of a run's instance, or of one of its parts, whose ids are the run's with a colon and more behind it.</summary>
    public static RunScope Of(string instanceId) => new(instanceId.IndexOf(':', StringComparison.Ordinal) is > 0 and var end ? instanceId[..end] : instanceId);
}
