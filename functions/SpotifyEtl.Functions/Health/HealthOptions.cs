using Microsoft.Extensions.Options;

namespace SpotifyEtl.Health;

/// <summary>When the app is healthy: section <c>Health</c>.</summary>
public sealed class HealthOptions
{
    public const string SectionName = "Health";

    /// <summary>
    /// How old the last good run may be. Default: 26 hours, a daily schedule and two hours for the run. Zero: it does not matter, as where
    /// runs are started by hand.
    /// </summary>
    public TimeSpan MaxAge { get; set; } = TimeSpan.FromHours(26);
}

/// <summary>Stops the start on a setting that is not allowed.</summary>
public sealed class HealthOptionsValidator : IValidateOptions<HealthOptions>
{
    public ValidateOptionsResult Validate(string? name, HealthOptions options) => options.MaxAge >= TimeSpan.Zero
        ? ValidateOptionsResult.Success
        : ValidateOptionsResult.Fail($"Health__MaxAge is {options.MaxAge}; it must be a time such as 1.02:00:00 (a day and two hours), or 00:00:00 for no limit.");
}
