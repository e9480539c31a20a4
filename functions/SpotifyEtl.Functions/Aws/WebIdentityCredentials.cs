using Amazon.Runtime;
using Amazon.SecurityToken;
using Amazon.SecurityToken.Model;
using Azure.Core;
using Azure.Identity;
using SpotifyEtl.Errors;

namespace SpotifyEtl.Aws;

/// <summary>
/// AWS credentials without a key: a token of the app's Azure identity is exchanged at STS for an hour's credentials of a role, anew some
/// minutes before they expire.
/// </summary>
internal sealed class WebIdentityCredentials : RefreshingAWSCredentials
{
    private const string SessionName = "spotify-etl";
    private const string TrustPolicy =
        "sts:AssumeRoleWithWebIdentity in the role's trust policy, for this tenant's identity provider, this audience, and the identity as its subject";

    private readonly TokenCredential _identity;
    private readonly IAmazonSecurityTokenService _sts;
    private readonly string _roleArn;
    private readonly string _audience;
    private readonly TokenRequestContext _scope;

    /// <param name="sts">A client of STS, which needs no credentials for this.</param>
    public WebIdentityCredentials(TokenCredential identity, IAmazonSecurityTokenService sts, string roleArn, string audience)
    {
        _identity = identity;
        _sts = sts;
        _roleArn = roleArn;
        _audience = audience.TrimEnd('/');
        _scope = new TokenRequestContext([$"{_audience}/.default"]);
        PreemptExpiryTime = TimeSpan.FromMinutes(5);
    }

    protected override CredentialsRefreshState GenerateNewCredentials() => GenerateNewCredentialsAsync().GetAwaiter().GetResult();

    protected override async Task<CredentialsRefreshState> GenerateNewCredentialsAsync()
    {
        var credentials = (await ExchangeAsync(await TokenAsync())).Credentials;
        return new CredentialsRefreshState(
            new ImmutableCredentials(credentials.AccessKeyId, credentials.SecretAccessKey, credentials.SessionToken),
            credentials.Expiration.GetValueOrDefault().ToUniversalTime());
    }

    private async Task<string> TokenAsync()
    {
        try
        {
            return (await _identity.GetTokenAsync(_scope, CancellationToken.None)).Token;
        }
        catch (AuthenticationFailedException exception)
        {
            throw new PermanentEtlException(
                $"Azure gave no token for {_audience}: {exception.Message.ReplaceLineEndings(" ").TrimEnd('.')}. Give the app a managed identity, and "
                    + "set Aws__WebIdentityAudience to an application that it may ask tokens for.",
                exception);
        }
    }

    private async Task<AssumeRoleWithWebIdentityResponse> ExchangeAsync(string token)
    {
        try
        {
            return await _sts.AssumeRoleWithWebIdentityAsync(
                new AssumeRoleWithWebIdentityRequest { RoleArn = _roleArn, RoleSessionName = SessionName, WebIdentityToken = token });
        }
        catch (Exception exception) when (AwsFailure.IsOfAws(exception, CancellationToken.None))
        {
            throw AwsFailure.Of(
                exception,
                new AwsCall($"assume {_roleArn} with the token of the Azure identity for {_audience}", TrustPolicy, $"The role needs {TrustPolicy}."));
        }
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
