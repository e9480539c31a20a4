using Microsoft.DurableTask;

namespace Benchmarks.Soak.Chaos;

/// <summary>The workload's orchestrators. What each returns follows from its input alone, however often it is replayed and its host killed.</summary>
internal static class ChaosOrchestrators
{
    /// <summary>The event that the host sends to a <see cref="Receive"/>, at least once each.</summary>
    public const string Item = "item";

    private static readonly TimeSpan s_short = TimeSpan.FromMilliseconds(10);
    private static readonly TaskOptions s_persistent = TaskOptions.FromRetryPolicy(new RetryPolicy(5, s_short));
    private static readonly TaskOptions s_resigned = TaskOptions.FromRetryPolicy(new RetryPolicy(2, s_short));

    public static void AddTo(DurableTaskRegistry registry) => registry
        .AddOrchestratorFunc<int, string>(nameof(FanOut), FanOut)
        .AddOrchestratorFunc<int, string>(nameof(Sequence), Sequence)
        .AddOrchestratorFunc<int, string>(nameof(Family), Family)
        .AddOrchestratorFunc<int, int>(nameof(Child), Child)
        .AddOrchestratorFunc<Count, string>(nameof(Counter), Counter)
        .AddOrchestratorFunc<Receipt, string>(nameof(Receive), Receive)
        .AddOrchestratorFunc<int, string>(nameof(Serve), Serve)
        .AddOrchestratorFunc<int, string>(nameof(Return), Return);

    /// <summary>Activities side by side, some of which fail at first, and one that always fails.</summary>
    public static async Task<string> FanOut(TaskOrchestrationContext context, int width)
    {
        var calls = Enumerable.Range(0, width).Select(number => number % 4 == 3
            ? context.CallActivityAsync<int>("Flaky", $"{context.InstanceId}/{number}", s_persistent)
            : context.CallActivityAsync<int>("Work", $"{context.InstanceId}/{number}"));
        var answers = await Task.WhenAll(calls);
        try
        {
            await context.CallActivityAsync<int>("Broken", $"{context.InstanceId}/broken", s_resigned);
            return "not broken";
        }
        catch (TaskFailedException failure)
        {
            return $"{answers.Sum()} {failure.FailureDetails.ErrorMessage}";
        }
    }

    /// <summary>Activities one after another, with timers between, one of them a time limit that is not reached.</summary>
    public static async Task<string> Sequence(TaskOrchestrationContext context, int length)
    {
        var sum = 0;
        for (var number = 0; number < length; number++)
        {
            using CancellationTokenSource inTime = new();
            var limit = context.CreateTimer(TimeSpan.FromHours(1), inTime.Token);
            var work = context.CallActivityAsync<int>("Work", $"{context.InstanceId}/{number}");
            if (await Task.WhenAny(work, limit) != work)
            {
                return "too late";
            }

#pragma warning disable CA1849, MA0042, S6966 // CancelAsync goes on elsewhere than on the orchestrator's thread.
            inTime.Cancel();
#pragma warning restore CA1849, MA0042, S6966
            sum += await work;
            context.SetCustomStatus(number + 1);
            if (number % 3 == 2)
            {
                await context.CreateTimer(s_short, CancellationToken.None);
            }
        }

        return $"{sum}";
    }

    /// <summary>Sub-orchestrations side by side, one of which fails.</summary>
    public static async Task<string> Family(TaskOrchestrationContext context, int size)
    {
        var children = Enumerable.Range(0, size).Select(number => context.CallSubOrchestratorAsync<int>(
            nameof(Child), number, new SubOrchestrationOptions(instanceId: $"{context.InstanceId}:{number}")));
        var failing = context.CallSubOrchestratorAsync<int>(nameof(Child), -1, new SubOrchestrationOptions(instanceId: $"{context.InstanceId}:x"));
        var answers = await Task.WhenAll(children);
        try
        {
            await failing;
            return "not failed";
        }
        catch (TaskFailedException failure)
        {
            return $"{answers.Sum()} {failure.FailureDetails.ErrorMessage}";
        }
    }

    public static async Task<int> Child(TaskOrchestrationContext context, int number)
    {
        var first = await context.CallActivityAsync<int>("Work", $"{context.InstanceId}/a");
        await context.CreateTimer(s_short, CancellationToken.None);
        return number < 0
            ? throw new InvalidOperationException($"Child after {first}.")
            : first + await context.CallActivityAsync<int>("Flaky", $"{context.InstanceId}/b", s_persistent);
    }

    /// <summary>Begins anew for each activity.</summary>
    public static async Task<string> Counter(TaskOrchestrationContext context, Count count)
    {
        var sum = count.Sum + await context.CallActivityAsync<int>("Work", $"{context.InstanceId}/{count.Round}");
        if (count.Round % 2 == 0)
        {
            await context.CreateTimer(s_short, CancellationToken.None);
        }

        if (count.Round < count.Rounds)
        {
            context.ContinueAsNew(count with { Round = count.Round + 1, Sum = sum });
        }

        return $"{sum}";
    }

    /// <summary>
    /// Takes numbered items, leaves out those it has had, begins anew now and then. The SDK sends an orchestration that begins anew what it has
    /// not taken once more: an item that comes meanwhile overtakes those. Of one that is lost it never hears, and never ends.
    /// </summary>
    public static async Task<string> Receive(TaskOrchestrationContext context, Receipt receipt)
    {
        for (var taken = 0; taken < 3 && receipt.Had.Length < receipt.Items;)
        {
            var item = await context.WaitForExternalEvent<int>(Item);
            if (!receipt.Had.Contains(item))
            {
                taken++;
                receipt = receipt with
                {
                    Had = [.. receipt.Had, item],
                    Sum = receipt.Sum + await context.CallActivityAsync<int>("Work", $"{context.InstanceId}/{item}"),
                };
            }
        }

        if (receipt.Had.Length < receipt.Items)
        {
            context.ContinueAsNew(receipt);
        }

        return $"{receipt.Sum}";
    }

    /// <summary>Sends balls to another orchestration and notes those that come back: each once, in order.</summary>
    public static async Task<string> Serve(TaskOrchestrationContext context, int balls)
    {
        var partner = context.CallSubOrchestratorAsync<string>(nameof(Return), balls, new SubOrchestrationOptions(instanceId: $"{context.InstanceId}:partner"));
        await context.WaitForExternalEvent<int>("ready");
        List<int> back = [];
        for (var ball = 1; ball <= balls; ball++)
        {
            context.SendEvent($"{context.InstanceId}:partner", "ball", ball);
            back.Add(await context.WaitForExternalEvent<int>("back"));
        }

        return $"{string.Join(' ', back)}; {await partner}";
    }

    public static async Task<string> Return(TaskOrchestrationContext context, int balls)
    {
        context.SendEvent(context.Parent!.InstanceId, "ready", 0);
        List<int> seen = [];
        while (seen.Count < balls)
        {
            seen.Add(await context.WaitForExternalEvent<int>("ball"));
            context.SendEvent(context.Parent.InstanceId, "back", seen[^1]);
        }

        return string.Join(' ', seen);
    }
}

internal sealed record Count(int Round, int Rounds, int Sum);

internal sealed record Receipt(int[] Had, int Items, int Sum);
