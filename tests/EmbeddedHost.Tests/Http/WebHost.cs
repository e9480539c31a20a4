using System.Text;
using System.Text.Json;
using EmbeddedHost.Hosting;
using EmbeddedHost.Startup;
using EmbeddedHost.Tests.Hosting;
using Microsoft.Azure.Functions.Worker.Builder;
using Microsoft.DurableTask;
using Microsoft.DurableTask.Client;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using SampleApp;

namespace EmbeddedHost.Tests.Http;

/// <summary>The sample app on a host in this process, which listens on a free port of the loopback address, and a client that talks to it.</summary>
internal sealed class WebHost : IAsyncDisposable
{
    private readonly bool _ownsFolder;

    public WebHost(Action<HttpListenOptions>? listen = null, Action<FunctionsApplicationBuilder>? configure = null, SampleFolder? folder = null)
    {
        _ownsFolder = folder is null;
        Folder = folder ?? new SampleFolder();
        Host = EntryAssembly.With(typeof(Sample).Assembly, () =>
        {
            var builder = FunctionsApplication.CreateBuilder([]);
            builder.AddEmbeddedHost();
            builder.Configuration.AddInMemoryCollection(new Dictionary<string, string?>
            {
                ["DailySchedule"] = "0 0 6 * * *",
                ["SlowSchedule"] = "0 0 0 1 1 *",
                ["Sample:Folder"] = Folder.Errands,
            });
            builder.Logging.ClearProviders();
            builder.Logging.AddProvider(Log);
            builder.Logging.SetMinimumLevel(LogLevel.Debug);
            builder.Services.Configure<EmbeddedHostOptions>(options =>
            {
                options.StateFolder = Folder.State;
                options.AppFolder = Folder.App;
                options.Http = new HttpListenOptions { Port = 0 };
                listen?.Invoke(options.Http);
            });
            configure?.Invoke(builder);
            builder.AddSample();
            return builder.Build();
        });
    }

    public static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public IHost Host { get; }

    public SampleFolder Folder { get; }

    public HttpClient Http { get; private set; } = null!;

    public RecordedLog Log { get; } = new();

    public Uri Url => Services.GetRequiredService<ListeningAddress>().Url!;

    public IServiceProvider Services => Host.Services;

    public DurableTaskClient Client => Services.GetRequiredService<DurableTaskClient>();

    public static async Task<WebHost> StartAsync(
        Action<HttpListenOptions>? listen = null, Action<FunctionsApplicationBuilder>? configure = null, SampleFolder? folder = null)
    {
        WebHost host = new(listen, configure, folder);
        try
        {
            await host.StartAsync();
            return host;
        }
        catch
        {
            await host.DisposeAsync();
            throw;
        }
    }

    public async Task StartAsync()
    {
        await Host.StartAsync(Cancellation);
        if (Services.GetRequiredService<ListeningAddress>().Url is { } url)
        {
            Http = new HttpClient(new SocketsHttpHandler { UseCookies = false, AllowAutoRedirect = false })
            {
                BaseAddress = url.Host is "127.0.0.1" ? url : new UriBuilder(url) { Host = "127.0.0.1" }.Uri,
            };
        }
    }

    public Task<HttpResponseMessage> GetAsync(string path) => Http.GetAsync(path, Cancellation);

    public Task<HttpResponseMessage> PostAsync(string path, string? json = null) => Http.PostAsync(path, Json(json), Cancellation);

    public Task<HttpResponseMessage> DeleteAsync(string path) => Http.DeleteAsync(path, Cancellation);

    public async Task<string> TextAsync(string path) => await Http.GetStringAsync(path, Cancellation);

    public static StringContent? Json(string? json) => json is null ? null : new StringContent(json, Encoding.UTF8, "application/json");

    public static Task<string> BodyOf(HttpResponseMessage response) => response.Content.ReadAsStringAsync(Cancellation);

    public static async Task<JsonElement> JsonOf(HttpResponseMessage response) => JsonElement.Parse(await BodyOf(response));

    public Task StopAsync() => Host.StopAsync(CancellationToken.None);

    /// <summary>Starts an instance and waits until it has ended.</summary>
    public async Task<OrchestrationMetadata> RunAsync(string orchestrator, string id, object? input = null)
    {
        await Client.ScheduleNewOrchestrationInstanceAsync(orchestrator, input, new StartOrchestrationOptions(id), Cancellation);
        return await Client.WaitForInstanceCompletionAsync(id, getInputsAndOutputs: true, Cancellation);
    }

    /// <summary>Starts an instance and waits until it has begun.</summary>
    public async Task BeginAsync(string orchestrator, string id, object? input = null)
    {
        await Client.ScheduleNewOrchestrationInstanceAsync(orchestrator, input, new StartOrchestrationOptions(id), Cancellation);
        await Client.WaitForInstanceStartAsync(id, Cancellation);
    }

    /// <summary>Waits until an instance has a status.</summary>
    public Task UntilAsync(string id, OrchestrationRuntimeStatus status) =>
        Until.HoldsAsync(async () => (await Client.GetInstanceAsync(id, Cancellation))?.RuntimeStatus == status);

    public async ValueTask DisposeAsync()
    {
        Http?.Dispose();
        await Host.StopAsync(CancellationToken.None);
        Host.Dispose();
        Log.Dispose();
        if (_ownsFolder)
        {
            Folder.Dispose();
        }
    }
}
