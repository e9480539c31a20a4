using Microsoft.Extensions.Options;

namespace SpotifyEtl.Catalog;

/// <summary>How Athena is asked: section <c>Athena</c>.</summary>
public sealed class AthenaOptions
{
    public const string SectionName = "Athena";

    /// <summary>The work group whose limits hold. Default: primary.</summary>
    public string WorkGroup { get; set; } = "primary";

    /// <summary>Where Athena keeps results: <c>s3://…/</c>. Default: athena_results/ in the lake. A work group that sets a place of its own goes before it.</summary>
    public string? OutputUri { get; set; }
}

/// <summary>Stops the start on a setting that is not allowed.</summary>
public sealed class AthenaOptionsValidator : IValidateOptions<AthenaOptions>
{
    public ValidateOptionsResult Validate(string? name, AthenaOptions options)
    {
        List<string> errors = [];
        if (string.IsNullOrWhiteSpace(options.WorkGroup))
        {
            errors.Add("Athena__WorkGroup is empty; it must be the name of a work group, such as primary.");
        }

        if (!string.IsNullOrEmpty(options.OutputUri) && !options.OutputUri.StartsWith("s3://", StringComparison.OrdinalIgnoreCase))
        {
            errors.Add($"Athena__OutputUri is '{options.OutputUri}'; it must be s3://bucket/prefix/, or empty for athena_results/ in the lake.");
        }

        return errors.Count == 0 ? ValidateOptionsResult.Success : ValidateOptionsResult.Fail(errors);
    }
}
