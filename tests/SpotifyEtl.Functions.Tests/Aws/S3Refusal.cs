namespace SpotifyEtl.Functions.Tests.Aws;

/// <summary>S3's answer to what it does not do.</summary>
internal sealed class S3Refusal(int status, string code, string message) : Exception(message)
{
    public int Status => status;

    public string Code => code;
}
