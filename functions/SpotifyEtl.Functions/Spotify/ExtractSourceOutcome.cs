namespace SpotifyEtl.Spotify;

/// <summary>What came of an extraction: what became of the source, or that Spotify asks to come back later. One of the two is set.</summary>
/// <param name="Source">The source, if Spotify could be asked for it.</param>
/// <param name="DeferredUntil">The time before which Spotify does not want to be asked again, if it was not.</param>
public sealed record ExtractSourceOutcome(SourceResult? Source, DateTimeOffset? DeferredUntil)
{
    public static ExtractSourceOutcome Of(SourceResult source) => new(source, null);

    public static ExtractSourceOutcome Deferred(DateTimeOffset until) => new(null, until);
}
