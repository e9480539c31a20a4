using DurableTask.Core;
using DurableTask.Core.History;
using Microsoft.Extensions.Time.Testing;

namespace DurableTask.Sqlite.Tests;

public sealed class ContinueAsNewTests
{
    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Continued_as_new_it_has_a_new_execution_and_takes_events_along(bool extendedSessions)
    {
        await using var hub = new Hub { ExtendedSessions = extendedSessions };
        await hub.Orchestration("Counts", async (context, input) =>
        {
            var sum = int.Parse(input) + await context.EventAsync<int>("add");
            if (sum < 15)
            {
                context.Core.ContinueAsNew(sum);
            }

            return sum;
        }).StartAsync();
        var first = await hub.CreateAsync("Counts", 0, "counts");
        await hub.UntilStatusAsync("counts", OrchestrationStatus.Running);
        await hub.StopWorkerAsync();

        for (var number = 1; number <= 5; number++)
        {
            await hub.RaiseAsync("counts", "add", number);
        }

        await hub.StartAsync();
        var end = await hub.EndOfAsync("counts");

        Assert.Equal("15", end.Output);
        Assert.NotEqual(first.ExecutionId, end.OrchestrationInstance.ExecutionId);
        Assert.Single((await hub.HistoryOfAsync("counts")).OfType<ExecutionStartedEvent>());
        Assert.Null(await hub.Client.GetOrchestrationStateAsync(first));
    }

    [Fact]
    public async Task What_an_execution_left_behind_is_of_no_use_to_the_next()
    {
        FakeTimeProvider clock = new(TimeProvider.System.GetUtcNow());
        await using var hub = new Hub { Time = clock };
        await hub.Orchestration("Begins", async (context, input) =>
        {
            if (input == "0")
            {
                using CancellationTokenSource cancel = new();
                _ = context.Core.CreateTimer(context.Core.CurrentUtcDateTime.AddHours(1), true, cancel.Token);
                context.Core.ContinueAsNew(1);
#pragma warning disable MA0042, CA1849 // On this thread, as all that an orchestration does.
                cancel.Cancel();
#pragma warning restore MA0042, CA1849
                return 0;
            }

            return await context.EventAsync<int>("end");
        }).StartAsync();
        await hub.CreateAsync("Begins", 0, "begins");
        await Hub.UntilAsync(async () => (await hub.StateOfAsync("begins")).Input == "1");

        clock.Advance(TimeSpan.FromHours(2));
        await hub.RaiseAsync("begins", "end", 9);
        var end = await hub.EndOfAsync("begins");

        Assert.Equal("9", end.Output);
        Assert.DoesNotContain(await hub.HistoryOfAsync("begins"), historyEvent => historyEvent is TimerFiredEvent);
    }
}
