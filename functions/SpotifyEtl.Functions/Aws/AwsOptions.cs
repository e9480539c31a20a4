using SpotifyEtl.Settings;

namespace SpotifyEtl.Aws;

/// <summary>Who the app is to AWS: section <c>Aws</c>. Without a role, the AWS SDK's own chain finds the credentials.</summary>
public sealed class AwsOptions : ISettings
{
    public static string SectionName => "Aws";

    /// <summary>The role that is assumed with a token of the app's Azure identity, so that no key is kept. Default: none.</summary>
    [Setting("text", "a role that is assumed with a token of the app's Azure identity, so that no key is kept")]
    public string? RoleArn { get; set; }

    /// <summary>
    /// The application id URI that the token is for, such as <c>api://spotify-etl</c>: the role trusts it. Needed with <see cref="RoleArn"/>.
    /// </summary>
    [Setting("text", "the application id URI that the token is for; the role trusts it")]
    public string? WebIdentityAudience { get; set; }

    public IEnumerable<string> Faults()
    {
        if (string.IsNullOrEmpty(RoleArn))
        {
            yield break;
        }

        if (!RoleArn.StartsWith("arn:", StringComparison.Ordinal) || !RoleArn.Contains(":role/", StringComparison.Ordinal))
        {
            yield return $"Aws__RoleArn is '{RoleArn}'; it must be the ARN of a role, such as arn:aws:iam::123456789012:role/spotify-etl, or empty.";
        }

        if (string.IsNullOrWhiteSpace(WebIdentityAudience))
        {
            yield return "Aws__WebIdentityAudience is empty; with Aws__RoleArn it must be the application id URI that the role trusts, such as "
                + "api://spotify-etl.";
        }
    }
}
