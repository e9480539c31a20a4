using Microsoft.DurableTask;
using Microsoft.DurableTask.Client;
using Microsoft.DurableTask.Testing;

namespace EmbeddedHost.Tests.Contract;

/// <summary>
/// What the tests of this folder share. They say what Durable Functions promises, and are written to the public API of its packages alone:
/// the same files compile against Microsoft.DurableTask.InProcessTestHost.
/// </summary>
internal static class ContractHost
{
    public static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public static Task<DurableTaskTestHost> StartAsync(Action<DurableTaskRegistry> tasks, DurableTaskTestHostOptions? options = null) =>
        DurableTaskTestHost.StartAsync(tasks, options, Cancellation);

    /// <summary>A host with <c>Waits</c>, which ends with the payload of the event <c>go</c>, <c>Echo</c>, which returns its input, and <c>Fails</c>.</summary>
    public static Task<DurableTaskTestHost> StartStandardAsync(Action<DurableTaskRegistry>? more = null) => StartAsync(tasks =>
    {
        tasks
            .AddOrchestratorFunc<string?>("Waits", context => context.WaitForExternalEvent<string?>("go"))
            .AddOrchestratorFunc<string?, string?>("Echo", (_, input) => input)
            .AddOrchestratorFunc<string?, string?>("Fails", string? (_, input) => throw new InvalidOperationException(input ?? "no"));
        more?.Invoke(tasks);
    });

    /// <summary>Runs an orchestration to its end.</summary>
    public static async Task<OrchestrationMetadata> RunAsync(this DurableTaskTestHost host, string orchestrator, object? input = null, string? instanceId = null)
    {
        var id = await host.Client.ScheduleNewOrchestrationInstanceAsync(orchestrator, input, new StartOrchestrationOptions(instanceId), Cancellation);
        return await host.EndOfAsync(id);
    }

    /// <summary>Runs an orchestration to its end, which must be a result.</summary>
    public static async Task<T> ResultOfAsync<T>(this DurableTaskTestHost host, string orchestrator, object? input = null, string? instanceId = null)
    {
        var end = await host.RunAsync(orchestrator, input, instanceId);
        Assert.True(end.RuntimeStatus is OrchestrationRuntimeStatus.Completed, end.ToString());
        return end.ReadOutputAs<T>()!;
    }

    /// <summary>Starts an orchestration and waits until it has begun.</summary>
    public static async Task<string> BeginAsync(this DurableTaskTestHost host, string orchestrator, object? input = null, string? instanceId = null)
    {
        var id = await host.Client.ScheduleNewOrchestrationInstanceAsync(orchestrator, input, new StartOrchestrationOptions(instanceId), Cancellation);
        await host.Client.WaitForInstanceStartAsync(id, Cancellation);
        return id;
    }

    public static Task<OrchestrationMetadata> EndOfAsync(this DurableTaskTestHost host, string instanceId) =>
        host.Client.WaitForInstanceCompletionAsync(instanceId, getInputsAndOutputs: true, Cancellation);

    public static async Task<OrchestrationMetadata> FindAsync(this DurableTaskTestHost host, string instanceId) =>
        await host.Client.GetInstanceAsync(instanceId, getInputsAndOutputs: true, Cancellation) ?? throw new InvalidOperationException($"There is no instance {instanceId}.");

    /// <summary>Waits until an instance satisfies a condition.</summary>
    public static async Task<OrchestrationMetadata> UntilAsync(this DurableTaskTestHost host, string instanceId, Func<OrchestrationMetadata, bool> condition)
    {
        using PeriodicTimer poll = new(TimeSpan.FromMilliseconds(5));
        while (true)
        {
            if (await host.Client.GetInstanceAsync(instanceId, getInputsAndOutputs: true, Cancellation) is { } instance && condition(instance))
            {
                return instance;
            }

            await poll.WaitForNextTickAsync(Cancellation);
        }
    }

    public static Task<OrchestrationMetadata> UntilStatusAsync(this DurableTaskTestHost host, string instanceId, OrchestrationRuntimeStatus status) =>
        host.UntilAsync(instanceId, instance => instance.RuntimeStatus == status);

    /// <summary>Brings an instance of the standard orchestrators to a status, which it keeps.</summary>
    public static async Task BringToAsync(this DurableTaskTestHost host, OrchestrationRuntimeStatus status, string instanceId)
    {
        switch (status)
        {
            case OrchestrationRuntimeStatus.Completed:
                await host.RunAsync("Echo", "old", instanceId);
                return;
            case OrchestrationRuntimeStatus.Failed:
                await host.RunAsync("Fails", "old", instanceId);
                return;
            case OrchestrationRuntimeStatus.Pending:
                StartOrchestrationOptions tomorrow = new(instanceId, TimeProvider.System.GetUtcNow().AddDays(1));
                await host.Client.ScheduleNewOrchestrationInstanceAsync("Waits", "old", tomorrow, Cancellation);
                return;
        }

        await host.BeginAsync("Waits", "old", instanceId);
        if (status is OrchestrationRuntimeStatus.Suspended)
        {
            await host.Client.SuspendInstanceAsync(instanceId, Cancellation);
        }
        else if (status is OrchestrationRuntimeStatus.Terminated)
        {
            await host.Client.TerminateInstanceAsync(instanceId, Cancellation);
        }

        await host.UntilStatusAsync(instanceId, status);
    }
}
