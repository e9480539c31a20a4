using EmbeddedHost.Hosting;
using EmbeddedHost.Startup;
using EmbeddedHost.Tests.Http;
using EmbeddedHost.Worker;
using Microsoft.DurableTask.Client;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace EmbeddedHost.Tests.Guard;

/// <summary>A host that waits for a worker, which a test plays.</summary>
internal sealed class FakeWorkerHost : IAsyncDisposable
{
    private readonly TemporaryFolder _folder = new();
    private readonly IHost _host;

    public FakeWorkerHost(Action<EmbeddedHostOptions>? configure = null)
    {
        File.WriteAllText(Path.Combine(_folder.Path, "host.json"), """{ "functionTimeout": "00:00:01" }""");
        HostApplicationBuilder builder = new(new HostApplicationBuilderSettings { DisableDefaults = true });
        builder.Logging.AddProvider(Log).SetMinimumLevel(LogLevel.Debug);
        builder.Services.AddHostOf(new WorkerConfig(_folder.Path, "none", []));
        builder.Services.AddSingleton<IWorkerProcess, WorkerInProcess>();
        builder.Services.Configure<EmbeddedHostOptions>(options =>
        {
            options.AppFolder = _folder.Path;
            options.StateFolder = Path.Combine(_folder.Path, "state");
            options.Http = new HttpListenOptions { Port = 0 };
            options.WorkerStartTimeLimit = TimeSpan.FromSeconds(20);
            configure?.Invoke(options);
        });
        _host = builder.Build();
        Starting = _host.StartAsync(Cancellation);
    }

    public RecordedLog Log { get; } = new();

    /// <summary>Its start, which ends once there is a worker.</summary>
    public Task Starting { get; }

    public DurableTaskClient Client => _host.Services.GetRequiredService<DurableTaskClient>();

    public HttpClient Http => new() { BaseAddress = _host.Services.GetRequiredService<ListeningAddress>().Url };

    public Uri Address => Endpoint.Address;

    public string WorkerId => Endpoint.WorkerId;

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    private WorkerEndpoint Endpoint => _host.Services.GetRequiredService<WorkerEndpoint>();

    /// <summary>Connects a worker that is in good order so far.</summary>
    public async Task<FakeWorker> ConnectAsync()
    {
        FakeWorker worker = new(Address);
        await worker.GreetAsync(WorkerId);
        await Starting;
        return worker;
    }

    /// <summary>Waits until it has logged something.</summary>
    public Task LoggedAsync(string text) => Until.TrueAsync(() => Log.Lines.Any(line => line.Contains(text, StringComparison.Ordinal)));

    public async ValueTask DisposeAsync()
    {
        await _host.StopAsync(CancellationToken.None);
        _host.Dispose();
        Log.Dispose();
        _folder.Dispose();
    }
}
