using Amazon.Runtime;
using Amazon.SecurityToken;
using Amazon.SecurityToken.Model;
using Azure.Core;

namespace SpotifyEtl.Aws;

/// <summary>
/// AWS credentials without a key: a token of the app's Azure identity is exchanged at STS for an hour's credentials of a role, anew some
/// minutes before they expire.
/// </summary>
internal sealed class WebIdentityCredentials : RefreshingAWSCredentials
{
    private const string SessionName = "spotify-etl";

    private readonly TokenCredential _identity;
    private readonly IAmazonSecurityTokenService _sts;
    private readonly string _roleArn;
    private readonly TokenRequestContext _scope;

    /// <param name="sts">A client of STS, which needs no credentials for this.</param>
    public WebIdentityCredentials(TokenCredential identity, IAmazonSecurityTokenService sts, string roleArn, string audience)
    {
        _identity = identity;
        _sts = sts;
        _roleArn = roleArn;
        _scope = new TokenRequestContext([$"{audience.TrimEnd('/')}/.default"]);
        PreemptExpiryTime = TimeSpan.FromMinutes(5);
    }

    protected override CredentialsRefreshState GenerateNewCredentials() => GenerateNewCredentialsAsync().GetAwaiter().GetResult();

    protected override async Task<CredentialsRefreshState> GenerateNewCredentialsAsync()
    {
        var token = await _identity.GetTokenAsync(_scope, CancellationToken.None);
        var answer = await _sts.AssumeRoleWithWebIdentityAsync(
            new AssumeRoleWithWebIdentityRequest { RoleArn = _roleArn, RoleSessionName = SessionName, WebIdentityToken = token.Token });
        var credentials = answer.Credentials;
        return new CredentialsRefreshState(
            new ImmutableCredentials(credentials.AccessKeyId, credentials.SecretAccessKey, credentials.SessionToken),
            credentials.Expiration.GetValueOrDefault().ToUniversalTime());
    }

    protected override void Dispose(bool disposing)
    {
        if (disposing)
        {
            _sts.Dispose();
        }

        base.Dispose(disposing);
    }
}
