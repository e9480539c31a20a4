using Microsoft.DurableTask.Client;

namespace EmbeddedHost.Tests.Contract;

/// <summary>Durable timers.</summary>
public abstract class TimerTests(HostKind kind) : ContractTests(kind)
{
    private const string Delay = "context.CreateTimer(TimeSpan, CancellationToken)";
    private const string Time = "context.CreateTimer(DateTime, CancellationToken)";

    [Theory]
    [Covers(Delay)]
    [Covers(Time)]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_timer_is_over_when_it_is_due_and_not_before(bool byDelay)
    {
        await using var host = await StartAsync(tasks => tasks.AddOrchestratorFunc<bool, bool>("Wait", async (context, delay) =>
        {
            var wait = TimeSpan.FromMilliseconds(120);
            var due = context.CurrentUtcDateTime + wait;
            await (delay ? context.CreateTimer(wait, CancellationToken.None) : context.CreateTimer(due, CancellationToken.None));
            return context.CurrentUtcDateTime >= due;
        }));

        Assert.True(await host.ResultOfAsync<bool>("Wait", byDelay));
    }

    [Fact]
    [Covers(Delay)]
    [Covers(Time)]
    public async Task A_timer_that_is_due_already_is_over_at_once()
    {
        await using var host = await StartAsync(tasks => tasks.AddOrchestratorFunc<string>("Past", async context =>
        {
            await context.CreateTimer(context.CurrentUtcDateTime.AddHours(-1), CancellationToken.None);
            await context.CreateTimer(TimeSpan.Zero, CancellationToken.None);
            await context.CreateTimer(TimeSpan.FromHours(-1), CancellationToken.None);
            return "over";
        }));

        Assert.Equal("over", await host.ResultOfAsync<string>("Past"));
    }

    [Fact]
    [Covers(Delay)]
    public async Task Timers_are_over_in_the_order_in_which_they_are_due()
    {
        await using var host = await StartAsync(tasks => tasks.AddOrchestratorFunc<string>("Order", async context =>
        {
            List<Task<string>> waits = [After(150), After(10), After(80)];
            var order = string.Empty;
            while (waits.Count > 0)
            {
                var over = await Task.WhenAny(waits);
                waits.Remove(over);
                order += await over + " ";
            }

            return order;

            async Task<string> After(int milliseconds)
            {
                await context.CreateTimer(TimeSpan.FromMilliseconds(milliseconds), CancellationToken.None);
                return $"{milliseconds}";
            }
        }));

        Assert.Equal("10 80 150 ", await host.ResultOfAsync<string>("Order"));
    }

    [Fact]
    [Covers(Delay)]
    public async Task A_cancelled_timer_is_cancelled_and_does_not_delay_the_end()
    {
        await using var host = await StartAsync(tasks => tasks.AddOrchestratorFunc<string>("Cancel", async context =>
        {
            using CancellationTokenSource cancellation = new();
            var never = context.CreateTimer(TimeSpan.FromDays(1), cancellation.Token);
            await context.CreateTimer(TimeSpan.FromMilliseconds(5), CancellationToken.None);
            cancellation.Cancel();
            try
            {
                await never;
                return "over";
            }
            catch (TaskCanceledException cancelled)
            {
                return cancelled.Message;
            }
        }));

        Assert.Equal("A task was canceled.", await host.ResultOfAsync<string>("Cancel"));
    }

    [Fact]
    [Covers(Delay)]
    public async Task A_timer_of_a_cancelled_token_is_cancelled_from_the_start()
    {
        await using var host = await StartAsync(tasks => tasks.AddOrchestratorFunc<string>("Cancelled", async context =>
        {
            try
            {
                await context.CreateTimer(TimeSpan.FromDays(1), new CancellationToken(canceled: true));
                return "over";
            }
            catch (TaskCanceledException)
            {
                return "cancelled";
            }
        }));

        Assert.Equal("cancelled", await host.ResultOfAsync<string>("Cancelled"));
    }

    [Fact]
    [Covers(Delay)]
    public async Task A_timer_of_months_waits_and_its_instance_can_be_ended()
    {
        await using var host = await StartAsync(tasks => tasks.AddOrchestratorFunc("Months", context =>
            context.CreateTimer(TimeSpan.FromDays(400), CancellationToken.None)));
        var id = await host.BeginAsync("Months");

        await host.Client.TerminateInstanceAsync(id, Cancellation);

        Assert.Equal(OrchestrationRuntimeStatus.Terminated, (await host.EndOfAsync(id)).RuntimeStatus);
    }

    [Fact]
    [Covers(Delay)]
    public async Task A_race_between_a_timer_and_an_activity_is_won_by_what_is_over_first()
    {
        TaskCompletionSource release = new();
        await using var host = await StartAsync(tasks => tasks
            .AddActivityFunc<string?, string>("Hangs", async (_, _) =>
            {
                await release.Task;
                return "late";
            })
            .AddOrchestratorFunc<string>("Race", async context =>
            {
                var work = context.CallActivityAsync<string>("Hangs");
                var timeout = context.CreateTimer(TimeSpan.FromMilliseconds(20), CancellationToken.None);
                var winner = await Task.WhenAny(work, timeout) == timeout ? "timed out" : await work;
                context.SetCustomStatus(winner);
                return winner;
            }));
        var id = await host.BeginAsync("Race");

        await host.UntilAsync(id, instance => instance.SerializedCustomStatus == "\"timed out\"");
        release.SetResult();

        Assert.Equal("timed out", (await host.EndOfAsync(id)).ReadOutputAs<string>());
    }
}

public sealed class TimerTestsInSessions() : TimerTests(HostKind.Sessions);

public sealed class TimerTestsReplayed() : TimerTests(HostKind.Replay);

public sealed class TimerTestsOnTheJudge() : TimerTests(HostKind.Judge);
