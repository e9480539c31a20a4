using Amazon.Athena.Model;
using Amazon.Runtime;
using Amazon.Runtime.Internal;
using AwsJson;

namespace Amazon.Athena;

/// <summary>A client of Athena: credentials, regions, signatures, retries and endpoints are AWSSDK.Core's.</summary>
public class AmazonAthenaClient : AmazonServiceClient, IAmazonAthena
{
    private static readonly InvokeOptions s_getQueryExecution = JsonOperation.Options<GetQueryExecutionRequest, GetQueryExecutionResponse>(
        AmazonAthenaConfig.Service, AmazonAthenaException.Of);
    private static readonly InvokeOptions s_getQueryResults = JsonOperation.Options<GetQueryResultsRequest, GetQueryResultsResponse>(
        AmazonAthenaConfig.Service, AmazonAthenaException.Of);
    private static readonly InvokeOptions s_getWorkGroup = JsonOperation.Options<GetWorkGroupRequest, GetWorkGroupResponse>(
        AmazonAthenaConfig.Service, AmazonAthenaException.Of);
    private static readonly InvokeOptions s_startQueryExecution = JsonOperation.Options<StartQueryExecutionRequest, StartQueryExecutionResponse>(
        AmazonAthenaConfig.Service, AmazonAthenaException.Of);
    private static readonly InvokeOptions s_stopQueryExecution = JsonOperation.Options<StopQueryExecutionRequest, StopQueryExecutionResponse>(
        AmazonAthenaConfig.Service, AmazonAthenaException.Of);

    public AmazonAthenaClient()
        : base(new AmazonAthenaConfig())
    {
    }

    public AmazonAthenaClient(RegionEndpoint region)
        : base(new AmazonAthenaConfig { RegionEndpoint = region })
    {
    }

    public AmazonAthenaClient(AmazonAthenaConfig config)
        : base(config)
    {
    }

    public AmazonAthenaClient(AWSCredentials credentials)
        : base(credentials, new AmazonAthenaConfig())
    {
    }

    public AmazonAthenaClient(AWSCredentials credentials, RegionEndpoint region)
        : base(credentials, new AmazonAthenaConfig { RegionEndpoint = region })
    {
    }

    public AmazonAthenaClient(AWSCredentials credentials, AmazonAthenaConfig clientConfig)
        : base(credentials, clientConfig)
    {
    }

    protected override IServiceMetadata ServiceMetadata => AmazonAthenaConfig.Service;

    public virtual Task<GetQueryExecutionResponse> GetQueryExecutionAsync(GetQueryExecutionRequest request, CancellationToken cancellationToken = default) =>
        InvokeAsync<GetQueryExecutionResponse>(request, s_getQueryExecution, cancellationToken);

    public virtual Task<GetQueryResultsResponse> GetQueryResultsAsync(GetQueryResultsRequest request, CancellationToken cancellationToken = default) =>
        InvokeAsync<GetQueryResultsResponse>(request, s_getQueryResults, cancellationToken);

    public virtual Task<GetWorkGroupResponse> GetWorkGroupAsync(GetWorkGroupRequest request, CancellationToken cancellationToken = default) =>
        InvokeAsync<GetWorkGroupResponse>(request, s_getWorkGroup, cancellationToken);

    public virtual Task<StartQueryExecutionResponse> StartQueryExecutionAsync(
        StartQueryExecutionRequest request, CancellationToken cancellationToken = default) =>
        InvokeAsync<StartQueryExecutionResponse>(request.WithToken(), s_startQueryExecution, cancellationToken);

    public virtual Task<StopQueryExecutionResponse> StopQueryExecutionAsync(StopQueryExecutionRequest request, CancellationToken cancellationToken = default) =>
        InvokeAsync<StopQueryExecutionResponse>(request, s_stopQueryExecution, cancellationToken);

    protected override void CustomizeRuntimePipeline(RuntimePipeline pipeline) => AmazonAthenaConfig.Service.Customize(pipeline);
}
