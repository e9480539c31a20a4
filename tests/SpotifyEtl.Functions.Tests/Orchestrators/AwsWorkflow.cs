using EmbeddedHost.Hosting;
using Microsoft.DurableTask.Client;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using SpotifyEtl.Functions.Tests.Aws;
using SpotifyEtl.Instances;
using SpotifyEtl.Orchestrators;

namespace SpotifyEtl.Functions.Tests.Orchestrators;

/// <summary>
/// The function app as it is on AWS, on the embedded host, with S3, Glue and Athena on loopback and a clock that goes from one due time to the next.
/// </summary>
internal sealed class AwsWorkflow : IAsyncDisposable
{
    private readonly DirectoryInfo _state = Directory.CreateTempSubdirectory("aws-workflow-");
    private readonly DueClock _clock = new(new DateTimeOffset(2026, 11, 22, 6, 0, 0, TimeSpan.Zero));
    private readonly IHost _host;

    private AwsWorkflow(AwsServer server, string bucket, int retries)
    {
        var builder = AppBuilder.Create();
        builder.Logging.ClearProviders();
        builder.Configuration.AddInMemoryCollection(new Dictionary<string, string?>(StringComparer.Ordinal)
        {
            ["Spotify:ClientId"] = "id",
            ["Spotify:ClientSecret"] = "secret",
            ["Lake:Uri"] = $"s3://{bucket}",
            ["Catalog:VerifyTables"] = "true",
            ["Schedule"] = "0 0 6 * * *",
        });
        builder.Services.AddSingleton<TimeProvider>(_clock);
        builder.Services.AddSingleton(server.S3Client(retries));
        builder.Services.AddSingleton(server.GlueClient(retries));
        builder.Services.AddSingleton(server.AthenaClient(retries));
        builder.Services.AddSpotifyEtl(builder.Configuration);
        builder.Services.Configure<EmbeddedHostOptions>(options =>
        {
            options.StateFolder = _state.FullName;
            options.Timers = false;
            options.Http = null;
        });
        _host = builder.Build();
    }

    /// <param name="retries">How often a call is repeated at once, before the step fails.</param>
    public static async Task<AwsWorkflow> StartAsync(AwsServer server, string bucket, int retries)
    {
        AwsWorkflow workflow = new(server, bucket, retries);
        await workflow._host.StartAsync(TestContext.Current.CancellationToken);
        return workflow;
    }

    /// <summary>Makes a run of what waits in to_process and lets the clock go on until it has ended.</summary>
    public async Task<OrchestrationMetadata> RunAsync()
    {
        var client = _host.Services.GetRequiredService<DurableTaskClient>();
        var request = _host.Services.GetRequiredService<RunRequests>().Create([]);
        var id = await client.ScheduleNewOrchestrationInstanceAsync(nameof(RunEtl), request, TestContext.Current.CancellationToken);
        var end = client.WaitForInstanceCompletionAsync(id, getInputsAndOutputs: true, TestContext.Current.CancellationToken);
        using PeriodicTimer poll = new(TimeSpan.FromMilliseconds(2));
        while (!end.IsCompleted)
        {
            _clock.GoToNextDue();
            await poll.WaitForNextTickAsync(TestContext.Current.CancellationToken);
        }

        return await end;
    }

    public async ValueTask DisposeAsync()
    {
        await _host.StopAsync(CancellationToken.None);
        _host.Dispose();
        _state.Delete(recursive: true);
    }
}
