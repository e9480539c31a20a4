using SpotifyEtl.Errors;

namespace SpotifyEtl.Local.Doctor;

/// <summary>What was found about one thing that runs need.</summary>
/// <param name="Check">What was looked at.</param>
/// <param name="Verdict">How it is.</param>
/// <param name="Message">What was found; no secret is in it.</param>
/// <param name="Fix">What to do about it; null: nothing, or the message says it.</param>
internal sealed record Finding(string Check, Verdict Verdict, string Message, string? Fix = null)
{
    /// <summary>What the check belongs to.</summary>
    public string Group { get; init; } = "settings";

    public static Finding Ok(string check, string message) => new(check, Verdict.Ok, message);

    public static Finding Warning(string check, string message, string fix) => new(check, Verdict.Warning, message, fix);

    public static Finding Failed(string check, string message, string? fix = null) => new(check, Verdict.Failed, message, fix);

    /// <summary>What AWS did not do. A refusal says itself what to do about it; that nobody answered does not.</summary>
    public static Finding Failed(string check, EtlException exception) =>
        Failed(
            check,
            exception.Message,
            exception is TransientEtlException ? "Check the network and the region (AWS_REGION), and AWS_ENDPOINT_URL if it is set; then try again." : null);
}

/// <summary>How something is, from good to bad.</summary>
internal enum Verdict
{
    Ok,

    /// <summary>Runs work, though not as they may be meant to.</summary>
    Warning,

    /// <summary>Runs do not work.</summary>
    Failed,
}
