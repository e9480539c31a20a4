using Microsoft.Extensions.Options;

namespace SpotifyEtl.Runs;

/// <summary>Settings of runs: section <c>Runs</c>.</summary>
public sealed class RunOptions
{
    public const string SectionName = "Runs";

    /// <summary>How many days the history of an ended run is kept. Default: 30.</summary>
    public int KeepDays { get; set; } = 30;
}

/// <summary>Stops the start on a setting that is not allowed.</summary>
public sealed class RunOptionsValidator : IValidateOptions<RunOptions>
{
    public ValidateOptionsResult Validate(string? name, RunOptions options) => options.KeepDays is >= 1 and <= 3650
        ? ValidateOptionsResult.Success
        : ValidateOptionsResult.Fail($"Runs__KeepDays is {options.KeepDays}; it must be a number of days from 1 to 3650.");
}
