using System.Text;
using System.Text.Json;
using EmbeddedHost.Hosting;
using Microsoft.Azure.Functions.Worker.Builder;
using Microsoft.DurableTask;
using Microsoft.DurableTask.Client;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace EmbeddedHost.Tests.Http;

/// <summary>A host of this assembly's functions that listens on a free port of the loopback address, and a client that talks to it.</summary>
internal sealed class WebHost : IAsyncDisposable
{
    private readonly TemporaryFolder _folder = new();
    private readonly IHost _host;

    private WebHost(Action<HttpListenOptions>? listen, Action<FunctionsApplicationBuilder>? configure, string hostJson)
    {
        var hostJsonPath = Path.Combine(_folder.Path, "host.json");
        File.WriteAllText(hostJsonPath, hostJson);
        var builder = FunctionsApplication.CreateBuilder([]);
        builder.ConfigureFunctionsWebApplication();
        builder.Logging.ClearProviders();
        builder.Logging.AddProvider(Log);
        builder.Logging.SetMinimumLevel(LogLevel.Trace);
        builder.Services.AddSingleton<Hosting.Greetings.Salutation>();
        builder.Services.AddSingleton<Management.Attempts>();
        builder.Services.Configure<EmbeddedHostOptions>(options =>
        {
            options.StateFolder = Path.Combine(_folder.Path, "state");
            options.HostJsonPath = hostJsonPath;
            options.FunctionAssemblies.Add(typeof(WebHost).Assembly);
            options.Http = new HttpListenOptions { Port = 0 };
            listen?.Invoke(options.Http);
        });
        configure?.Invoke(builder);
        _host = builder.Build();
    }

    public static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public HttpClient Http { get; private set; } = null!;

    public RecordedLog Log { get; } = new();

    public Uri Url => Services.GetRequiredService<ListeningAddress>().Url!;

    public IServiceProvider Services => _host.Services;

    public DurableTaskClient Client => Services.GetRequiredService<DurableTaskClient>();

    public static async Task<WebHost> StartAsync(
        Action<HttpListenOptions>? listen = null,
        Action<FunctionsApplicationBuilder>? configure = null,
        string hostJson = """{ "extensions": { "durableTask": { "hubName": "Hub" } } }""")
    {
        WebHost host = new(listen, configure, hostJson);
        try
        {
            await host._host.StartAsync(Cancellation);
        }
        catch
        {
            await host.DisposeAsync();
            throw;
        }

        var url = host.Url.Host is "127.0.0.1" ? host.Url : new UriBuilder(host.Url) { Host = "127.0.0.1" }.Uri;
        host.Http = new HttpClient(new SocketsHttpHandler { UseCookies = false, AllowAutoRedirect = false }) { BaseAddress = url };
        return host;
    }

    public Task<HttpResponseMessage> GetAsync(string path) => Http.GetAsync(path, Cancellation);

    public Task<HttpResponseMessage> PostAsync(string path, string? json = null) => Http.PostAsync(path, Json(json), Cancellation);

    public Task<HttpResponseMessage> DeleteAsync(string path) => Http.DeleteAsync(path, Cancellation);

    public async Task<string> TextAsync(string path) => await Http.GetStringAsync(path, Cancellation);

    public static StringContent? Json(string? json) => json is null ? null : new StringContent(json, Encoding.UTF8, "application/json");

    public static Task<string> BodyOf(HttpResponseMessage response) => response.Content.ReadAsStringAsync(Cancellation);

    public static async Task<JsonElement> JsonOf(HttpResponseMessage response) => JsonElement.Parse(await BodyOf(response));

    public Task StopAsync() => _host.StopAsync(CancellationToken.None);

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
    public async Task UntilAsync(string id, OrchestrationRuntimeStatus status)
    {
        using PeriodicTimer poll = new(TimeSpan.FromMilliseconds(5));
        while ((await Client.GetInstanceAsync(id, Cancellation))?.RuntimeStatus != status)
        {
            await poll.WaitForNextTickAsync(Cancellation);
        }
    }

    public async ValueTask DisposeAsync()
    {
        Http?.Dispose();
        await _host.StopAsync(CancellationToken.None);
        _host.Dispose();
        Log.Dispose();
        _folder.Dispose();
    }
}
