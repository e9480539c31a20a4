using System.Reflection;
using EmbeddedHost.Hosting;
using EmbeddedHost.Startup;
using Microsoft.Azure.Functions.Worker;
using Microsoft.Azure.Functions.Worker.Builder;
using Microsoft.DurableTask;
using Microsoft.DurableTask.Client;
using Microsoft.DurableTask.Worker;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using SpotifyEtl.Orchestrators;

namespace SpotifyEtl.Local.Tests.Monitor.Timeline;

/// <summary>Orchestrators and activities of a test's own beside the app's, on an embedded host.</summary>
internal sealed class TaskHost : IAsyncDisposable
{
    private readonly IHost _host;
    private readonly DirectoryInfo _state;

    private TaskHost(IHost host, DirectoryInfo state)
    {
        _host = host;
        _state = state;
    }

    public DurableTaskClient Client => _host.Services.GetRequiredService<DurableTaskClient>();

    public static async Task<TaskHost> StartAsync(Action<DurableTaskRegistry> tasks, CancellationToken cancellationToken)
    {
        var state = Directory.CreateTempSubdirectory("task-host-");
        Assembly.SetEntryAssembly(typeof(RunEtl).Assembly);
        var builder = FunctionsApplication.CreateBuilder([]);
        builder.AddEmbeddedHost();
        builder.ConfigureDurableWorker().AddTasks(tasks);
        builder.Logging.ClearProviders();
        builder.Configuration["Schedule"] = "0 0 6 * * *";
        builder.Services.Configure<EmbeddedHostOptions>(options =>
        {
            options.StateFolder = state.FullName;
            options.Timers = false;
            options.Http = null;
        });
        var host = builder.Build();
        await host.StartAsync(cancellationToken);
        return new TaskHost(host, state);
    }

    public async ValueTask DisposeAsync()
    {
        await _host.StopAsync(CancellationToken.None);
        _host.Dispose();
        _state.Delete(recursive: true);
    }
}
