using System.Security.Cryptography;
using Amazon.S3;
using Amazon.S3.Model;
using SpotifyEtl.Catalog;
using SpotifyEtl.Functions.Tests.Aws;
using SpotifyEtl.Transform.Tables;

namespace SpotifyEtl.Local.Tests.CommandLine;

/// <summary>A lake in a bucket of a server on loopback, with its crawlers.</summary>
internal static class BucketLake
{
    public const string Bucket = "lake-bucket";

    public const string Uri = $"s3://{Bucket}";

    public static async Task<AwsServer> CreateAsync()
    {
        var server = await AwsServer.StartAsync();
        server.S3.CreateBucket(Bucket);
        foreach (var table in Table.Crawled)
        {
            server.Glue.Create(CatalogOptions.CrawlerOf(table));
        }

        return server;
    }

    /// <summary>Sets where AWS is.</summary>
    public static void Use(Dictionary<string, string> settings, string url, string region)
    {
        settings["AWS_ENDPOINT_URL"] = url;
        settings["AWS_REGION"] = region;
        settings["AWS_ACCESS_KEY_ID"] = AwsServer.AccessKey;
        settings["AWS_SECRET_ACCESS_KEY"] = AwsServer.SecretKey;
        settings["AWS_EC2_METADATA_DISABLED"] = "true";
    }

    /// <summary>The hash of each object but the records of runs, by key.</summary>
    public static async Task<SortedDictionary<string, string>> ContentsAsync(IAmazonS3 s3, string bucket)
    {
        SortedDictionary<string, string> contents = new(StringComparer.Ordinal);
        var listed = await s3.ListObjectsV2Async(new ListObjectsV2Request { BucketName = bucket }, TestContext.Current.CancellationToken);
        foreach (var item in listed.S3Objects.Where(item => !item.Key.StartsWith("run_data/", StringComparison.Ordinal)))
        {
            using var found = await s3.GetObjectAsync(bucket, item.Key, TestContext.Current.CancellationToken);
            contents.Add(item.Key, Convert.ToHexString(await SHA256.HashDataAsync(found.ResponseStream, TestContext.Current.CancellationToken)));
        }

        return contents;
    }
}
