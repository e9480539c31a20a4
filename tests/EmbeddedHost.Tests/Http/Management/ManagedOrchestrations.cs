using System.Collections.Concurrent;
using Microsoft.Azure.Functions.Worker;
using Microsoft.DurableTask;

namespace EmbeddedHost.Tests.Http.Management;

/// <summary>Orchestrations for these tests to manage.</summary>
public static class ManagedOrchestrations
{
    public sealed record Order(string Id, int Count);

    public sealed record Status(string Phase, int Done);

    [Function(nameof(Quick))]
    public static Task<string> Quick([OrchestrationTrigger] TaskOrchestrationContext context) => Task.FromResult("done " + context.GetInput<object>());

    [Function(nameof(Break))]
    public static Task<string> Break([OrchestrationTrigger] TaskOrchestrationContext context) => throw new InvalidOperationException("orch boom");

    /// <summary>Waits for the event Go and returns what it brings.</summary>
    [Function(nameof(Wait))]
    public static async Task<object?> Wait([OrchestrationTrigger] TaskOrchestrationContext context)
    {
        context.SetCustomStatus(new Status("waiting", 1));
        return await context.WaitForExternalEvent<object?>("Go");
    }

    /// <summary>Waits for a sub-orchestration that waits.</summary>
    [Function(nameof(Parent))]
    public static Task<object?> Parent([OrchestrationTrigger] TaskOrchestrationContext context) =>
        context.CallSubOrchestratorAsync<object?>(nameof(Wait), null, new SubOrchestrationOptions { InstanceId = "the-child" });

    /// <summary>Begins anew until it is at 3, with an activity each time.</summary>
    [Function(nameof(CountUp))]
    public static async Task<int> CountUp([OrchestrationTrigger] TaskOrchestrationContext context)
    {
        var number = context.GetInput<int>();
        await context.CallActivityAsync<string>(nameof(Part), number);
        if (number < 3)
        {
            context.ContinueAsNew(number + 1);
        }

        return number;
    }

    /// <summary>Two activities, the second of which fails once, a sub-orchestration, a timer and an event.</summary>
    [Function(nameof(Full))]
    public static async Task<string> Full([OrchestrationTrigger] TaskOrchestrationContext context)
    {
        var order = context.GetInput<Order>()!;
        TaskOptions retry = new(new RetryPolicy(3, TimeSpan.FromMilliseconds(1)));
        var first = await context.CallActivityAsync<string>(nameof(Part), 1);
        var second = await context.CallActivityAsync<string>(nameof(FailingActivities.FailOnce), context.InstanceId, retry);
        var sub = await context.CallSubOrchestratorAsync<string>(nameof(Quick), order.Count);
        await context.CreateTimer(TimeSpan.FromMilliseconds(1), CancellationToken.None);
        return $"{first} {second} {sub} {await context.WaitForExternalEvent<string>("Approve")}";
    }

    /// <summary>An activity that fails for each instance the first time.</summary>
    [Function(nameof(NeedsRewind))]
    public static async Task<string> NeedsRewind([OrchestrationTrigger] TaskOrchestrationContext context) =>
        await context.CallActivityAsync<string>(nameof(FailingActivities.FailOnce), context.InstanceId);

    [Function(nameof(Part))]
    public static string Part([ActivityTrigger] int number) => $"part{number}";
}

/// <summary>An activity that fails the first time that an instance calls it.</summary>
public sealed class FailingActivities(Attempts attempts)
{
    [Function(nameof(FailOnce))]
    public string FailOnce([ActivityTrigger] string instanceId) =>
        attempts.IsFirst(instanceId) ? throw new InvalidOperationException("part failed once") : "second";
}

/// <summary>Knows who has called before.</summary>
public sealed class Attempts
{
    private readonly ConcurrentDictionary<string, bool> _callers = new(StringComparer.Ordinal);

    public bool IsFirst(string caller) => _callers.TryAdd(caller, true);
}
