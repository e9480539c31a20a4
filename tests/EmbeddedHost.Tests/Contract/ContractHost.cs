using System.Net;
using System.Net.Sockets;
using DurableTask.Core.Settings;
using EmbeddedHost.Hosting;
using EmbeddedHost.Startup;
using Microsoft.Azure.Functions.Worker.Builder;
using Microsoft.DurableTask;
using Microsoft.DurableTask.Client;
using Microsoft.DurableTask.Testing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace EmbeddedHost.Tests.Contract;

/// <summary>A host with the tasks of one test, and its client.</summary>
internal sealed class ContractHost : IAsyncDisposable
{
    private readonly Func<ValueTask> _stop;

    private ContractHost(DurableTaskClient client, IServiceProvider services, Func<ValueTask> stop, CancellationToken cancellation)
    {
        Cancellation = cancellation;
        Client = client;
        Services = services;
        _stop = stop;
    }

    private CancellationToken Cancellation { get; }

    public DurableTaskClient Client { get; }

    public IServiceProvider Services { get; }

    public static async Task<ContractHost> StartAsync(
        HostKind kind, Action<DurableTaskRegistry> tasks, Action<IServiceCollection>? services, CancellationToken cancellationToken)
    {
        if (kind is HostKind.Judge)
        {
            // Its server logs to the console, whatever its options say, and takes any port, whether that is free or not.
            Environment.SetEnvironmentVariable("Logging__Console__LogLevel__Default", "None");
            var judge = await DurableTaskTestHost.StartAsync(
                tasks, new DurableTaskTestHostOptions { ConfigureServices = services, Port = FreePort() }, cancellationToken);
            return new ContractHost(judge.Client, judge.Services, judge.DisposeAsync, cancellationToken);
        }

        TemporaryFolder folder = new();
        var host = Build(folder.Path, extendedSessions: kind is HostKind.Sessions, tasks, services);
        await host.StartAsync(cancellationToken);
        return new ContractHost(host.Services.GetRequiredService<DurableTaskClient>(), host.Services, async () =>
        {
            await host.LoseAsync();
            folder.Dispose();
        }, cancellationToken);
    }

    public ValueTask DisposeAsync() => _stop();

    private static int FreePort()
    {
        using TcpListener listener = new(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }

    private static IHost Build(string folder, bool extendedSessions, Action<DurableTaskRegistry> tasks, Action<IServiceCollection>? services)
    {
        var builder = FunctionsApplication.CreateBuilder([]);
        builder.AddEmbeddedHost();
        builder.Logging.ClearProviders();
        builder.AddRegisteredTasks(tasks);
        builder.Services.Configure<EmbeddedHostOptions>(options =>
        {
            options.StateFolder = folder;
            options.ExtendedSessions = extendedSessions;
            options.Timers = false;
            options.Http = null;
        });

        // Any version runs, and histories keep what was given, so that there is something to look at.
        builder.Services.AddSingleton(new HostJson
        {
            DurableTask = new DurableTaskSettings
            {
                VersionMatchStrategy = VersioningSettings.VersionMatchStrategy.None,
                StoreInputsInOrchestrationHistory = true,
            },
        });
        services?.Invoke(builder.Services);
        return builder.Build();
    }

    /// <summary>Runs an orchestration to its end.</summary>
    public async Task<OrchestrationMetadata> RunAsync(string orchestrator, object? input = null, string? instanceId = null)
    {
        var id = await Client.ScheduleNewOrchestrationInstanceAsync(orchestrator, input, new StartOrchestrationOptions(instanceId), Cancellation);
        return await EndOfAsync(id);
    }

    /// <summary>Runs an orchestration to its end, which must be a result.</summary>
    public async Task<T> ResultOfAsync<T>(string orchestrator, object? input = null, string? instanceId = null)
    {
        var end = await RunAsync(orchestrator, input, instanceId);
        Assert.True(end.RuntimeStatus is OrchestrationRuntimeStatus.Completed, end.ToString());
        return end.ReadOutputAs<T>()!;
    }

    /// <summary>Starts an orchestration and waits until it has begun.</summary>
    public async Task<string> BeginAsync(string orchestrator, object? input = null, string? instanceId = null)
    {
        var id = await Client.ScheduleNewOrchestrationInstanceAsync(orchestrator, input, new StartOrchestrationOptions(instanceId), Cancellation);
        await Client.WaitForInstanceStartAsync(id, Cancellation);
        return id;
    }

    public Task<OrchestrationMetadata> EndOfAsync(string instanceId) =>
        Client.WaitForInstanceCompletionAsync(instanceId, getInputsAndOutputs: true, Cancellation);

    public async Task<OrchestrationMetadata> FindAsync(string instanceId) =>
        await Client.GetInstanceAsync(instanceId, getInputsAndOutputs: true, Cancellation)
        ?? throw new InvalidOperationException($"There is no instance {instanceId}.");

    /// <summary>Waits until an instance satisfies a condition.</summary>
    public async Task<OrchestrationMetadata> UntilAsync(string instanceId, Func<OrchestrationMetadata, bool> condition)
    {
        using PeriodicTimer poll = new(TimeSpan.FromMilliseconds(5));
        while (true)
        {
            if (await Client.GetInstanceAsync(instanceId, getInputsAndOutputs: true, Cancellation) is { } instance && condition(instance))
            {
                return instance;
            }

            await poll.WaitForNextTickAsync(Cancellation);
        }
    }

    public Task<OrchestrationMetadata> UntilStatusAsync(string instanceId, OrchestrationRuntimeStatus status) =>
        UntilAsync(instanceId, instance => instance.RuntimeStatus == status);

    /// <summary>Brings an instance of the standard orchestrators to a status, which it keeps.</summary>
    public async Task BringToAsync(OrchestrationRuntimeStatus status, string instanceId)
    {
        switch (status)
        {
            case OrchestrationRuntimeStatus.Completed:
                await RunAsync("Echo", "old", instanceId);
                return;
            case OrchestrationRuntimeStatus.Failed:
                await RunAsync("Fails", "old", instanceId);
                return;
            case OrchestrationRuntimeStatus.Pending:
                StartOrchestrationOptions tomorrow = new(instanceId, TimeProvider.System.GetUtcNow().AddDays(1));
                await Client.ScheduleNewOrchestrationInstanceAsync("Waits", "old", tomorrow, Cancellation);
                return;
        }

        await BeginAsync("Waits", "old", instanceId);
        if (status is OrchestrationRuntimeStatus.Suspended)
        {
            await Client.SuspendInstanceAsync(instanceId, Cancellation);
        }
        else if (status is OrchestrationRuntimeStatus.Terminated)
        {
            await Client.TerminateInstanceAsync(instanceId, Cancellation);
        }

        await UntilStatusAsync(instanceId, status);
    }
}
