using EmbeddedHost.Hosting;
using Microsoft.DurableTask.Client;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Microsoft.DurableTask.Testing;

/// <summary>
/// Runs orchestrators and activities in a test: the real engine, on a SQLite file in a folder of its own that goes with it. Every step
/// replays the orchestrator from its history, so that code which is not deterministic shows.
/// </summary>
public sealed class DurableTaskTestHost : IAsyncDisposable
{
    private readonly DirectoryInfo _state;
    private readonly IHost _host;

    private DurableTaskTestHost(DirectoryInfo state, IHost host)
    {
        _state = state;
        _host = host;
    }

    /// <summary>The client of the running engine.</summary>
    public DurableTaskClient Client => _host.Services.GetRequiredService<DurableTaskClient>();

    /// <summary>The services that activities get theirs from.</summary>
    public IServiceProvider Services => _host.Services;

    /// <summary>Starts a host.</summary>
    /// <param name="registry">Adds the orchestrators and activities.</param>
    /// <param name="options">Further services and logging; null: none.</param>
    /// <param name="cancellationToken">Gives up the start.</param>
    public static async Task<DurableTaskTestHost> StartAsync(
        Action<DurableTaskRegistry> registry, DurableTaskTestHostOptions? options = null, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(registry);
        DurableTaskRegistry tasks = new();
        registry(tasks);

        var state = Directory.CreateTempSubdirectory("durable-task-test-host-");
        HostApplicationBuilder builder = new(new HostApplicationBuilderSettings { DisableDefaults = true });
        builder.Services.AddEmbeddedHost();
        builder.Services.AddSingleton(tasks);
        builder.Services.Configure<EmbeddedHostOptions>(embedded =>
        {
            embedded.StateFolder = state.FullName;
            embedded.DiscoverFunctions = false;
            embedded.CachedOrchestrations = 0;
        });
        if (options?.LoggerFactory is { } loggerFactory)
        {
            builder.Services.Replace(ServiceDescriptor.Singleton(loggerFactory));
        }

        IHost? host = null;
        try
        {
            options?.ConfigureServices?.Invoke(builder.Services);
            host = builder.Build();
            await host.StartAsync(cancellationToken);
            return new DurableTaskTestHost(state, host);
        }
        catch
        {
            host?.Dispose();
            state.Delete(recursive: true);
            throw;
        }
    }

    /// <summary>Stops the host and removes its folder.</summary>
    public async ValueTask DisposeAsync()
    {
        await _host.StopAsync(CancellationToken.None);
        _host.Dispose();
        _state.Delete(recursive: true);
    }
}
