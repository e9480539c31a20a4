using Microsoft.Extensions.Options;

namespace SpotifyEtl.Aws;

/// <summary>Who the app is to AWS: section <c>Aws</c>. Without a role, the AWS SDK's own chain finds the credentials.</summary>
public sealed class AwsOptions
{
    public const string SectionName = "Aws";

    /// <summary>The role that is assumed with a token of the app's Azure identity, so that no key is kept. Default: none.</summary>
    public string? RoleArn { get; set; }

    /// <summary>The application id URI that the token is for, such as <c>api://spotify-etl</c>: the role trusts it. Needed with <see cref="RoleArn"/>.</summary>
    public string? WebIdentityAudience { get; set; }
}

/// <summary>Stops the start on a setting that is not allowed.</summary>
public sealed class AwsOptionsValidator : IValidateOptions<AwsOptions>
{
    public ValidateOptionsResult Validate(string? name, AwsOptions options)
    {
        List<string> errors = [];
        if (!string.IsNullOrEmpty(options.RoleArn) && !(options.RoleArn.StartsWith("arn:", StringComparison.Ordinal) && options.RoleArn.Contains(":role/", StringComparison.Ordinal)))
        {
            errors.Add($"Aws__RoleArn is '{options.RoleArn}'; it must be the ARN of a role, such as arn:aws:iam::123456789012:role/spotify-etl, or empty.");
        }

        if (!string.IsNullOrEmpty(options.RoleArn) && string.IsNullOrWhiteSpace(options.WebIdentityAudience))
        {
            errors.Add("Aws__WebIdentityAudience is empty; with Aws__RoleArn it must be the application id URI that the role trusts, such as api://spotify-etl.");
        }

        return errors.Count == 0 ? ValidateOptionsResult.Success : ValidateOptionsResult.Fail(errors);
    }
}
