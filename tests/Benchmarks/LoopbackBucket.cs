using System.Diagnostics;
using System.Globalization;
using SpotifyEtl.Catalog;
using SpotifyEtl.Functions.Tests.Aws;
using SpotifyEtl.Transform.Tables;

namespace Benchmarks;

/// <summary>An empty bucket on loopback, with the crawlers, served by a process of its own, so that its work and memory are not those of who uses it.</summary>
internal sealed class LoopbackBucket : IAsyncDisposable
{
    /// <summary>What the process is asked for.</summary>
    public const string ServerVerb = "bucket-server";

    public const string Uri = $"s3://{Name}";

    private const string Name = "benchmark";

    private readonly Process _server;

    private LoopbackBucket(Process server, string url) => (_server, Url) = (server, url);

    public string Url { get; }

    /// <summary>The settings by which the program finds it.</summary>
    public IReadOnlyDictionary<string, string> Settings => new Dictionary<string, string>(StringComparer.Ordinal)
    {
        ["AWS_ENDPOINT_URL"] = Url,
        ["AWS_REGION"] = AwsServer.Region,
        ["AWS_ACCESS_KEY_ID"] = AwsServer.AccessKey,
        ["AWS_SECRET_ACCESS_KEY"] = AwsServer.SecretKey,
        ["AWS_EC2_METADATA_DISABLED"] = "true",
    };

    /// <param name="latency">What every call takes longer.</param>
    public static async Task<LoopbackBucket> StartAsync(TimeSpan latency)
    {
        var server = Process.Start(new ProcessStartInfo(
            Environment.ProcessPath!, [.. Launcher(), ServerVerb, latency.TotalMilliseconds.ToString(CultureInfo.InvariantCulture)])
        {
            UseShellExecute = false,
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
        })!;
        var url = await server.StandardOutput.ReadLineAsync() ?? throw new InvalidOperationException("The server did not start.");
        return new LoopbackBucket(server, url);
    }

    /// <summary>Serves until standard input ends.</summary>
    public static async Task ServeAsync(TimeSpan latency)
    {
        await using var server = await AwsServer.StartAsync();
        server.Latency = latency;
        server.S3.CreateBucket(Name);
        foreach (var table in Table.Crawled)
        {
            server.Glue.Create(CatalogOptions.CrawlerOf(table));
        }

        Console.WriteLine(server.Url);
        await Console.In.ReadLineAsync();
    }

    public async ValueTask DisposeAsync()
    {
        _server.StandardInput.Close();
        await _server.WaitForExitAsync();
        _server.Dispose();
    }

    // Started by dotnet, this process is dotnet with the assembly as its first argument.
    private static string[] Launcher() =>
        Path.GetFileNameWithoutExtension(Environment.ProcessPath!).Equals("dotnet", StringComparison.OrdinalIgnoreCase)
            ? [typeof(LoopbackBucket).Assembly.Location]
            : [];
}
