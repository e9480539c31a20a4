namespace Amazon.Athena.Model;

public class ResultConfiguration
{
    public EncryptionConfiguration? EncryptionConfiguration { get; set; }

    public string? ExpectedBucketOwner { get; set; }

    public string? OutputLocation { get; set; }
}
