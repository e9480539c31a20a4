using Amazon.Runtime;
using Amazon.Runtime.Credentials.Internal;
using Amazon.Runtime.Endpoints;
using Amazon.Runtime.Internal;
using Amazon.Runtime.Internal.Auth;

namespace AwsJson;

/// <summary>What AWSSDK.Core has to know of a service that speaks AWS JSON 1.1; all else of a client is Core's own.</summary>
/// <param name="ServiceId">Such as Glue: AWS_ENDPOINT_URL_GLUE is named after it.</param>
/// <param name="HostPrefix">The first label of its host names, which is its name in signatures, too.</param>
/// <param name="ApiVersion">Such as 2017-03-31.</param>
/// <param name="TargetPrefix">What goes before an operation's name in X-Amz-Target.</param>
internal sealed record JsonService(string ServiceId, string HostPrefix, string ApiVersion, string TargetPrefix) : IServiceMetadata
{
    private const string UrlParameter = "Endpoint";

    // The SDK's published timeouts of each AWS_DEFAULTS_MODE.
    private static readonly IDefaultConfiguration[] s_modes =
    [
        Mode(DefaultConfigurationMode.Standard, TimeSpan.FromSeconds(3.1)),
        Mode(DefaultConfigurationMode.InRegion, TimeSpan.FromSeconds(1.1)),
        Mode(DefaultConfigurationMode.CrossRegion, TimeSpan.FromSeconds(3.1)),
        Mode(DefaultConfigurationMode.Mobile, TimeSpan.FromSeconds(30)),
    ];

    IDictionary<string, string> IServiceMetadata.OperationNameMapping { get; } = new Dictionary<string, string>(StringComparer.Ordinal);

    /// <summary>What a client's settings need beside the defaults.</summary>
    public static IEndpointProvider Endpoints { get; } = new GivenUrl();

    public static IDefaultConfigurationProvider Defaults() => new DefaultConfigurationProvider(s_modes);

    /// <summary>Teaches a client's pipeline where the service is and how its requests are signed.</summary>
    public void Customize(RuntimePipeline pipeline)
    {
        pipeline.RemoveHandler<EndpointResolver>();
        pipeline.AddHandlerAfter<Marshaller>(new ServiceEndpoint(this));
        pipeline.AddHandlerAfter<ServiceEndpoint>(new SignatureVersion4());
    }

    public string UrlFor(IClientConfig config)
    {
        if (!string.IsNullOrEmpty(config.ServiceURL))
        {
            return config.ServiceURL;
        }

        var region = config.RegionEndpoint ?? throw new AmazonClientException($"No region is known for {ServiceId}. Set AWS_REGION.");
        var suffix = config.UseDualstackEndpoint ? "api.aws" : region.PartitionDnsSuffix;
        return $"{(config.UseHttp ? "http" : "https")}://{HostPrefix}{(config.UseFIPSEndpoint ? "-fips" : "")}.{region.SystemName}.{suffix}";
    }

    private static DefaultConfiguration Mode(DefaultConfigurationMode name, TimeSpan connect) =>
        new() { Name = name, RetryMode = RequestRetryMode.Standard, ConnectTimeout = connect, TlsNegotiationTimeout = connect };

    private sealed class ServiceEndpoint(JsonService service) : BaseEndpointResolver
    {
        protected override EndpointParameters MapEndpointsParameters(IRequestContext requestContext) =>
            new() { [UrlParameter] = service.UrlFor(requestContext.ClientConfig) };
    }

    private sealed class GivenUrl : IEndpointProvider
    {
        public Endpoint ResolveEndpoint(EndpointParameters parameters) => new((string)parameters[UrlParameter]);
    }

    private sealed class SignatureVersion4 : BaseAuthResolverHandler
    {
        protected override List<IAuthSchemeOption> ResolveAuthOptions(IExecutionContext executionContext) => AuthSchemeOption.DEFAULT_SIGV4;
    }
}
