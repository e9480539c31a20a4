using Amazon.Glue.Model;
using Amazon.Runtime;
using Amazon.Runtime.Internal;
using AwsJson;

namespace Amazon.Glue;

/// <summary>A client of Glue: credentials, regions, signatures, retries and endpoints are AWSSDK.Core's.</summary>
public class AmazonGlueClient : AmazonServiceClient, IAmazonGlue
{
    private static readonly InvokeOptions s_batchCreatePartition = JsonOperation.Options<BatchCreatePartitionRequest, BatchCreatePartitionResponse>(
        AmazonGlueConfig.Service, AmazonGlueException.Of);
    private static readonly InvokeOptions s_getCrawler = JsonOperation.Options<GetCrawlerRequest, GetCrawlerResponse>(
        AmazonGlueConfig.Service, AmazonGlueException.Of);
    private static readonly InvokeOptions s_startCrawler = JsonOperation.Options<StartCrawlerRequest, StartCrawlerResponse>(
        AmazonGlueConfig.Service, AmazonGlueException.Of);

    public AmazonGlueClient()
        : base(new AmazonGlueConfig())
    {
    }

    public AmazonGlueClient(RegionEndpoint region)
        : base(new AmazonGlueConfig { RegionEndpoint = region })
    {
    }

    public AmazonGlueClient(AmazonGlueConfig config)
        : base(config)
    {
    }

    public AmazonGlueClient(AWSCredentials credentials)
        : base(credentials, new AmazonGlueConfig())
    {
    }

    public AmazonGlueClient(AWSCredentials credentials, RegionEndpoint region)
        : base(credentials, new AmazonGlueConfig { RegionEndpoint = region })
    {
    }

    public AmazonGlueClient(AWSCredentials credentials, AmazonGlueConfig clientConfig)
        : base(credentials, clientConfig)
    {
    }

    protected override IServiceMetadata ServiceMetadata => AmazonGlueConfig.Service;

    public virtual Task<BatchCreatePartitionResponse> BatchCreatePartitionAsync(
        BatchCreatePartitionRequest request, CancellationToken cancellationToken = default) =>
        InvokeAsync<BatchCreatePartitionResponse>(request, s_batchCreatePartition, cancellationToken);

    public virtual Task<GetCrawlerResponse> GetCrawlerAsync(GetCrawlerRequest request, CancellationToken cancellationToken = default) =>
        InvokeAsync<GetCrawlerResponse>(request, s_getCrawler, cancellationToken);

    public virtual Task<StartCrawlerResponse> StartCrawlerAsync(StartCrawlerRequest request, CancellationToken cancellationToken = default) =>
        InvokeAsync<StartCrawlerResponse>(request, s_startCrawler, cancellationToken);

    protected override void CustomizeRuntimePipeline(RuntimePipeline pipeline) => AmazonGlueConfig.Service.Customize(pipeline);
}
