using Amazon.Glue.Model;
using Amazon.Runtime;

namespace Amazon.Glue;

/// <summary>The operations of Glue that this app uses.</summary>
public interface IAmazonGlue : IAmazonService, IDisposable
{
    Task<BatchCreatePartitionResponse> BatchCreatePartitionAsync(BatchCreatePartitionRequest request, CancellationToken cancellationToken = default);

    Task<GetCrawlerResponse> GetCrawlerAsync(GetCrawlerRequest request, CancellationToken cancellationToken = default);

    Task<StartCrawlerResponse> StartCrawlerAsync(StartCrawlerRequest request, CancellationToken cancellationToken = default);

    static ClientConfig IAmazonService.CreateDefaultClientConfig() => new AmazonGlueConfig();

    static IAmazonService IAmazonService.CreateDefaultServiceClient(AWSCredentials credentials, ClientConfig clientConfig) =>
        new AmazonGlueClient(credentials, (AmazonGlueConfig)clientConfig);
}
