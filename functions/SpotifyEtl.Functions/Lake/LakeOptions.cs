using SpotifyEtl.Settings;

namespace SpotifyEtl.Lake;

/// <summary>Where the lake is: section <c>Lake</c>.</summary>
public sealed class LakeOptions : ISettings
{
    public static string SectionName => "Lake";

    /// <summary><c>s3://bucket[/prefix]</c>, or <c>file:path</c> in the Local edition. Default: s3://spotify-etl-project-demo.</summary>
    [Setting(
        "URI",
        "a folder (`file:path` or a path), or `s3://bucket[/prefix]` with Glue and Athena",
        Default = "`file:lake/spotify-etl-project-demo`; on Azure `s3://spotify-etl-project-demo`")]
    public string Uri { get; set; } = "s3://spotify-etl-project-demo";

    /// <summary>On S3: the id, ARN or alias of the KMS key that encrypts what is written. Default: none, which leaves it to the bucket.</summary>
    [Setting("text", "the KMS key that encrypts what is written to S3", Default = "the bucket's")]
    public string? KmsKeyId { get; set; }

    /// <summary>On S3: the account that must own the bucket, twelve digits; any other is refused. Default: not looked at.</summary>
    [Setting("12 digits", "the account that must own the bucket")]
    public string? BucketOwner { get; set; }

    /// <summary>What is true of every kind of lake; each kind looks at <see cref="Uri"/> by itself.</summary>
    public IEnumerable<string> Faults()
    {
        if (!string.IsNullOrEmpty(BucketOwner) && (BucketOwner.Length != 12 || !BucketOwner.All(char.IsAsciiDigit)))
        {
            yield return $"Lake__BucketOwner is '{BucketOwner}'; it must be the twelve digits of an AWS account, or empty.";
        }
    }
}
