using Microsoft.Azure.Functions.Worker;
using Microsoft.DurableTask;

namespace SampleApp.Durable;

public static class Orchestrations
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
        context.CallSubOrchestratorAsync<object?>(nameof(Wait), null, new SubOrchestrationOptions { InstanceId = context.InstanceId + "-child" });

    /// <summary>Begins anew until it is at 3, with an activity each time.</summary>
    [Function(nameof(CountUp))]
    public static async Task<int> CountUp([OrchestrationTrigger] TaskOrchestrationContext context)
    {
        var number = context.GetInput<int>();
        await context.CallActivityAsync<string>(nameof(Activities.Part), number);
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
        var first = await context.CallActivityAsync<string>(nameof(Activities.Part), 1);
        var second = await context.CallActivityAsync<string>(nameof(Activities.FailOnce), context.InstanceId, retry);
        var sub = await context.CallSubOrchestratorAsync<string>(nameof(Quick), order.Count);
        await context.CreateTimer(TimeSpan.FromMilliseconds(1), CancellationToken.None);
        return $"{first} {second} {sub} {await context.WaitForExternalEvent<string>("Approve")}";
    }

    /// <summary>An activity that fails for each instance the first time.</summary>
    [Function(nameof(NeedsRewind))]
    public static async Task<string> NeedsRewind([OrchestrationTrigger] TaskOrchestrationContext context) =>
        await context.CallActivityAsync<string>(nameof(Activities.FailOnce), context.InstanceId);

    /// <summary>As many activities side by side as it is asked for.</summary>
    [Function(nameof(FanOut))]
    public static async Task<int> FanOut([OrchestrationTrigger] TaskOrchestrationContext context)
    {
        var parts = Enumerable.Range(1, context.GetInput<int>()).Select(number => context.CallActivityAsync<int>(nameof(Activities.Twice), number));
        return (await Task.WhenAll(parts)).Sum();
    }

    /// <summary>An activity that waits until it is let go.</summary>
    [Function(nameof(Holds))]
    public static Task<int> Holds([OrchestrationTrigger] TaskOrchestrationContext context) =>
        context.CallActivityAsync<int>(nameof(Activities.Hold), context.GetInput<Errand>());

    /// <summary>An activity that does not heed that it is to stop.</summary>
    [Function(nameof(Ignores))]
    public static async Task<string> Ignores([OrchestrationTrigger] TaskOrchestrationContext context)
    {
        try
        {
            return $"{await context.CallActivityAsync<int>(nameof(Activities.Ignore), context.GetInput<Errand>())}";
        }
        catch (TaskFailedException exception)
        {
            return $"{exception.FailureDetails.ErrorType}: {exception.FailureDetails.ErrorMessage}";
        }
    }

    /// <summary>A step that takes long, between an activity before and one after it.</summary>
    [Function(nameof(Journey))]
    public static async Task<string> Journey([OrchestrationTrigger] TaskOrchestrationContext context)
    {
        var errand = context.GetInput<Errand>()!;
        await context.CallActivityAsync<string>(nameof(Activities.Part), 1);
        await context.CreateTimer(TimeSpan.FromMilliseconds(1), CancellationToken.None);
        await context.CallActivityAsync<int>(nameof(Activities.Hold), errand);
        return await context.CallSubOrchestratorAsync<string>(nameof(Ends), 7, new SubOrchestrationOptions { InstanceId = context.InstanceId + "-end" });
    }

    [Function(nameof(Ends))]
    public static Task<string> Ends([OrchestrationTrigger] TaskOrchestrationContext context) =>
        context.CallActivityAsync<string>(nameof(Activities.Part), context.GetInput<int>());

    /// <summary>A history of several megabytes, replayed a few times.</summary>
    [Function(nameof(Large))]
    public static async Task<int> Large([OrchestrationTrigger] TaskOrchestrationContext context)
    {
        var length = (await context.CallActivityAsync<string>(nameof(Activities.Spell), context.GetInput<int>())).Length;
        await context.CreateTimer(TimeSpan.FromMilliseconds(1), CancellationToken.None);
        return length + await context.CallActivityAsync<int>(nameof(Activities.Twice), 1);
    }
}
