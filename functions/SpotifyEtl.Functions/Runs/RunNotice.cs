namespace SpotifyEtl.Runs;

/// <summary>Something that a run meets on its way and that its result does not tell, such as a step that is tried again.</summary>
/// <param name="At">When (UTC).</param>
/// <param name="Text">A line, for people; no secret is in it.</param>
public sealed record RunNotice(DateTimeOffset At, string Text);
