using Microsoft.Extensions.Options;

namespace SpotifyEtl.Transform;

/// <summary>When a raw file as a whole is not good enough to load.</summary>
public sealed class QualityOptions
{
    public const string SectionName = "Quality";

    /// <summary>A file with a larger share of rejected rows than this is itself rejected.</summary>
    /// <value>From 0 (one reject is too many) to 1 (no file is rejected for its rows). Default 0.5.</value>
    public double MaxRejectedShare { get; init; } = 0.5;
}

/// <summary>Stops the start with a message that names the setting, its value and what is allowed.</summary>
public sealed class QualityOptionsValidator : IValidateOptions<QualityOptions>
{
    public ValidateOptionsResult Validate(string? name, QualityOptions options) =>
        options.MaxRejectedShare is >= 0 and <= 1
            ? ValidateOptionsResult.Success
            : ValidateOptionsResult.Fail($"Quality__MaxRejectedShare is {options.MaxRejectedShare}: it must be a number from 0 to 1.");
}
