using System.Globalization;
using System.Net;
using Amazon;
using Amazon.Runtime;
using Amazon.SecurityToken;
using Azure.Core;
using Azure.Identity;
using SpotifyEtl.Aws;
using SpotifyEtl.Errors;

namespace SpotifyEtl.Functions.Tests.Aws.Credentials;

public sealed class WebIdentityCredentialsTests
{
    private const string Role = "arn:aws:iam::123456789012:role/spotify-etl";

    private readonly Identity _identity = new();
    private readonly Sts _sts = new();

    [Fact]
    public async Task The_token_of_the_Azure_identity_is_exchanged_for_credentials_of_the_role()
    {
        using var credentials = Create("api://spotify-etl/");

        var found = await credentials.GetCredentialsAsync();

        Assert.Equal(("ASIA1", "secret 1", "session 1"), (found.AccessKey, found.SecretKey, found.Token));
        Assert.Equal(["api://spotify-etl/.default"], _identity.Scopes);
        var sent = Assert.Single(_sts.Requests);
        Assert.Contains("Action=AssumeRoleWithWebIdentity", sent, StringComparison.Ordinal);
        Assert.Contains("WebIdentityToken=azure-token-1", sent, StringComparison.Ordinal);
        Assert.Contains($"RoleArn={Uri.EscapeDataString(Role)}", sent, StringComparison.Ordinal);
        Assert.Contains("RoleSessionName=spotify-etl", sent, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Credentials_are_kept_while_they_last()
    {
        using var credentials = Create();

        var first = await credentials.GetCredentialsAsync();
        var second = await credentials.GetCredentialsAsync();

        Assert.Equal(first.AccessKey, second.AccessKey);
        Assert.Single(_sts.Requests);
    }

    [Fact(Timeout = 60_000)]
    public async Task Credentials_are_renewed_with_a_new_token_before_they_expire()
    {
        _sts.Lasting = TimeSpan.FromMinutes(4);
        using var credentials = Create();

        Assert.Equal("ASIA1", (await credentials.GetCredentialsAsync()).AccessKey);
        // While the old ones still hold, the new are fetched behind the caller's back.
        using PeriodicTimer poll = new(TimeSpan.FromMilliseconds(10));
        while ((await credentials.GetCredentialsAsync()).AccessKey == "ASIA1")
        {
            await poll.WaitForNextTickAsync(TestContext.Current.CancellationToken);
        }

        Assert.Contains("WebIdentityToken=azure-token-2", _sts.Requests[1], StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_role_that_does_not_trust_the_identity_is_told_with_what_it_must_trust_and_without_the_token()
    {
        _sts.Refusal = ("AccessDenied", "Not authorized to perform sts:AssumeRoleWithWebIdentity");
        using var credentials = Create();

        var failure = await Assert.ThrowsAsync<PermanentEtlException>(() => credentials.GetCredentialsAsync());

        Assert.Contains(Role, failure.Message, StringComparison.Ordinal);
        Assert.Contains("AccessDenied, Not authorized to perform sts:AssumeRoleWithWebIdentity", failure.Message, StringComparison.Ordinal);
        Assert.Contains("trust policy", failure.Message, StringComparison.Ordinal);
        Assert.Contains("api://spotify-etl", failure.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("azure-token", failure.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_app_without_an_Azure_identity_is_told_so()
    {
        _identity.Failure = new CredentialUnavailableException("no managed identity endpoint");
        using var credentials = Create();

        var failure = await Assert.ThrowsAsync<PermanentEtlException>(() => credentials.GetCredentialsAsync());

        Assert.Contains("Aws__WebIdentityAudience", failure.Message, StringComparison.Ordinal);
        Assert.Contains("no managed identity endpoint", failure.Message, StringComparison.Ordinal);
        Assert.Empty(_sts.Requests);
    }

    [Theory]
    [InlineData("role", "api://x", "Aws__RoleArn is 'role'")]
    [InlineData(Role, "", "Aws__WebIdentityAudience is empty")]
    [InlineData(Role, "api://x", null)]
    [InlineData("", "", null)]
    public void Settings_that_cannot_work_are_refused(string role, string audience, string? expected)
    {
        var faults = new AwsOptions { RoleArn = role, WebIdentityAudience = audience }.Faults().ToList();

        Assert.Equal(expected is null, faults.Count == 0);
        Assert.Contains(expected ?? "", string.Join(' ', faults), StringComparison.Ordinal);
    }

    private WebIdentityCredentials Create(string audience = "api://spotify-etl") => new(
        _identity,
        new AmazonSecurityTokenServiceClient(
            new AnonymousAWSCredentials(),
            new AmazonSecurityTokenServiceConfig { RegionEndpoint = RegionEndpoint.EUWest3, HttpClientFactory = _sts, MaxErrorRetry = 0 }),
        Role,
        audience);

    private sealed class Identity : TokenCredential
    {
        public List<string> Scopes { get; } = [];

        public Exception? Failure { get; set; }

        public override AccessToken GetToken(TokenRequestContext requestContext, CancellationToken cancellationToken)
        {
            Scopes.AddRange(requestContext.Scopes);
            return Failure is null ? new AccessToken($"azure-token-{Scopes.Count}", TimeProvider.System.GetUtcNow().AddHours(1)) : throw Failure;
        }

        public override ValueTask<AccessToken> GetTokenAsync(TokenRequestContext requestContext, CancellationToken cancellationToken) =>
            ValueTask.FromResult(GetToken(requestContext, cancellationToken));
    }

    private sealed class Sts : HttpClientFactory
    {
        public List<string> Requests { get; } = [];

        public TimeSpan Lasting { get; set; } = TimeSpan.FromHours(1);

        public (string Code, string Message)? Refusal { get; set; }

        public override HttpClient CreateHttpClient(IClientConfig clientConfig) => new(new Handler(this), disposeHandler: true);

        public override bool UseSDKHttpClientCaching(IClientConfig clientConfig) => false;

        private HttpResponseMessage Answer()
        {
            if (Refusal is { } refusal)
            {
                return new HttpResponseMessage(HttpStatusCode.Forbidden)
                {
                    Content = new StringContent(
                        $"<ErrorResponse><Error><Type>Sender</Type><Code>{refusal.Code}</Code><Message>{refusal.Message}</Message></Error></ErrorResponse>"),
                };
            }

            var expiration = (TimeProvider.System.GetUtcNow() + Lasting).ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture);
            return new HttpResponseMessage(HttpStatusCode.OK)
            {
                Content = new StringContent($"""
                    <AssumeRoleWithWebIdentityResponse xmlns="https://sts.amazonaws.com/doc/2011-06-15/"><AssumeRoleWithWebIdentityResult><Credentials>
                    <AccessKeyId>ASIA{Requests.Count}</AccessKeyId><SecretAccessKey>secret {Requests.Count}</SecretAccessKey><SessionToken>session {Requests.Count}</SessionToken>
                    <Expiration>{expiration}</Expiration></Credentials></AssumeRoleWithWebIdentityResult></AssumeRoleWithWebIdentityResponse>
                    """),
            };
        }

        private sealed class Handler(Sts sts) : HttpMessageHandler
        {
            protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
            {
                sts.Requests.Add(await request.Content!.ReadAsStringAsync(cancellationToken));
                return sts.Answer();
            }
        }
    }
}
