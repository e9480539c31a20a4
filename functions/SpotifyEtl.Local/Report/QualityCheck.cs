namespace SpotifyEtl.Local.Report;

/// <summary>One thing that was looked at to tell how far the figures of a report can be relied on.</summary>
/// <param name="Mark">How it stands.</param>
/// <param name="Text">What was found, a sentence.</param>
/// <param name="Detail">What else there is to know of it.</param>
public sealed record QualityCheck(QualityMark Mark, string Text, string? Detail = null);

/// <summary>How it stands with what was looked at.</summary>
public enum QualityMark
{
    Fine,

    /// <summary>Someone should look at it.</summary>
    Look,

    /// <summary>Nothing tells.</summary>
    Unknown,
}
