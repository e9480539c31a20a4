using Amazon.Runtime;
using Amazon.Runtime.Endpoints;
using AwsJson;

namespace Amazon.Glue;

/// <summary>Settings of a client of Glue.</summary>
public class AmazonGlueConfig : ClientConfig
{
    public AmazonGlueConfig()
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

    internal static JsonService Service { get; } = new("Glue", "glue", "2017-03-31", "AWSGlue");

    public override Endpoint DetermineServiceOperationEndpoint(ServiceOperationEndpointParameters parameters) => new(Service.UrlFor(this));
}
