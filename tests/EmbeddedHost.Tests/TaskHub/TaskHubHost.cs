using System.Text.Json;
using DurableTask.Core;
using DurableTask.Sqlite;
using EmbeddedHost.TaskHub;
using Grpc.Core;
using Grpc.Net.Client;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.DurableTask;
using Microsoft.DurableTask.Client;
using Microsoft.DurableTask.Converters;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;
using P = Microsoft.DurableTask.Protobuf;

namespace EmbeddedHost.Tests.TaskHub;

/// <summary>The service on a loopback port, a provider whose work a TaskHubWorker of Core does, and Microsoft's client in front.</summary>
internal sealed class TaskHubHost : IAsyncDisposable
{
    public const string Hub = "TestHub";

    private readonly WebApplication _app;
    private readonly TaskHubWorker _worker;
    private readonly LoopbackTaskHubClient _loopback;
    private readonly GrpcChannel _channel;
    private readonly SqliteOrchestrationService _store;
    private readonly string _folder;

    private TaskHubHost(WebApplication app, TaskHubWorker worker, SqliteOrchestrationService store, string folder)
    {
        _folder = folder;
        _app = app;
        _worker = worker;
        _store = store;
        Uri address = new(app.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.Single());
        _loopback = new LoopbackTaskHubClient(address, Hub, "any-token", new JsonDataConverter(JsonSerializerOptions.Default), NullLoggerFactory.Instance);
        _channel = GrpcChannel.ForAddress(address);
    }

    public DurableTaskClient Client => _loopback.Client;

    /// <summary>The protocol itself, without the client's own reading of status codes.</summary>
    public P.TaskHubSidecarService.TaskHubSidecarServiceClient Raw => new(_channel);

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public static async Task<TaskHubHost> StartAsync(TaskHubOptions? options = null)
    {
        string folder = Directory.CreateTempSubdirectory("taskhub").FullName;
        SqliteOrchestrationService store = new(new SqliteOrchestrationServiceOptions(Path.Combine(folder, "hub.db")));

        TaskHubWorker worker = new(store, NullLoggerFactory.Instance) { ErrorPropagationMode = ErrorPropagationMode.UseFailureDetails };
        worker.AddTaskOrchestrations(TestOrchestrations.All);
        await worker.StartAsync();

        WebApplicationBuilder builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.ConfigureKestrel(kestrel => kestrel.Listen(System.Net.IPAddress.Loopback, 0, listen => listen.Protocols = HttpProtocols.Http2));
        builder.Services.AddTaskHub(store, options ?? new TaskHubOptions { HubName = Hub });
        WebApplication app = builder.Build();
        app.MapGrpcService<TaskHubService>();
        await app.StartAsync(Cancellation);
        return new TaskHubHost(app, worker, store, folder);
    }

    public void Stop() => _app.Services.GetRequiredService<IHostApplicationLifetime>().StopApplication();

    public ValueTask CloseStoreAsync() => _store.DisposeAsync();

    /// <summary>Starts an instance and waits until it has this status.</summary>
    public async Task StartInstanceAsync(string name, string instanceId, OrchestrationRuntimeStatus status, object? input = null)
    {
        await Client.ScheduleNewOrchestrationInstanceAsync(name, input, new StartOrchestrationOptions(instanceId), Cancellation);
        await UntilAsync(instanceId, status);
    }

    public async Task<OrchestrationMetadata> UntilAsync(string instanceId, OrchestrationRuntimeStatus status)
    {
        using PeriodicTimer look = new(TimeSpan.FromMilliseconds(5));
        while (true)
        {
            if (await Client.GetInstancesAsync(instanceId, getInputsAndOutputs: true, Cancellation) is { } found && found.RuntimeStatus == status)
            {
                return found;
            }

            await look.WaitForNextTickAsync(Cancellation);
        }
    }

    public static async Task RefusedAsync(StatusCode code, string text, Func<Task> call)
    {
        RpcException refusal = await Assert.ThrowsAsync<RpcException>(call);
        Assert.Equal((code, text), (refusal.StatusCode, refusal.Status.Detail));
    }

    public async ValueTask DisposeAsync()
    {
        await _loopback.DisposeAsync();
        _channel.Dispose();
        await _app.DisposeAsync();
        await _worker.StopAsync(isForced: true);
        _worker.Dispose();
        await _store.DisposeAsync();
        Directory.Delete(_folder, recursive: true);
    }
}
