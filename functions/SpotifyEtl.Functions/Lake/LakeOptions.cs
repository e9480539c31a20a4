using Microsoft.Extensions.Options;
using SpotifyEtl.Errors;

namespace SpotifyEtl.Lake;

/// <summary>Where the lake is: section <c>Lake</c>.</summary>
public sealed class LakeOptions
{
    public const string SectionName = "Lake";

    /// <summary><c>s3://bucket[/prefix]</c>, or <c>file:path</c> in the Local edition. Default: s3://spotify-etl-project-demo.</summary>
    public string Uri { get; set; } = "s3://spotify-etl-project-demo";

    /// <summary>On S3: the id, ARN or alias of the KMS key that encrypts what is written. Default: none, which leaves it to the bucket.</summary>
    public string? KmsKeyId { get; set; }

    /// <summary>On S3: the account that must own the bucket, twelve digits; any other is refused. Default: not looked at.</summary>
    public string? BucketOwner { get; set; }
}

/// <summary>Stops the start on a lake that is none on S3. The Local edition, which has others, looks for itself.</summary>
public sealed class S3LakeOptionsValidator : IValidateOptions<LakeOptions>
{
    public ValidateOptionsResult Validate(string? name, LakeOptions options)
    {
        try
        {
            S3Location.Parse(options.Uri);
        }
        catch (EtlConfigurationException exception)
        {
            return ValidateOptionsResult.Fail(exception.Message);
        }

        return string.IsNullOrEmpty(options.BucketOwner) || (options.BucketOwner.Length == 12 && options.BucketOwner.All(char.IsAsciiDigit))
            ? ValidateOptionsResult.Success
            : ValidateOptionsResult.Fail($"Lake__BucketOwner is '{options.BucketOwner}'; it must be the twelve digits of an AWS account, or empty.");
    }
}
