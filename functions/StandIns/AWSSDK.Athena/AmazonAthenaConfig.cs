using Amazon.Runtime;
using Amazon.Runtime.Endpoints;
using AwsJson;

namespace Amazon.Athena;

/// <summary>Settings of a client of Athena.</summary>
public class AmazonAthenaConfig : ClientConfig
{
    public AmazonAthenaConfig()
        : base(JsonService.Defaults())
    {
        base.ServiceId = Service.ServiceId;
        AuthenticationServiceName = Service.HostPrefix;
        EndpointProvider = JsonService.Endpoints;
    }

    public static new string ServiceId => Service.ServiceId;

    public override string RegionEndpointServiceName => Service.HostPrefix;

    public override string ServiceVersion => Service.ApiVersion;

    public override string UserAgent => "spotify-etl";

    internal static JsonService Service { get; } = new("Athena", "athena", "2017-05-18", "AmazonAthena");

    public override Endpoint DetermineServiceOperationEndpoint(ServiceOperationEndpointParameters parameters) => new(Service.UrlFor(this));
}
