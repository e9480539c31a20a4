using System.Collections.Concurrent;
using EmbeddedHost.Engine.History;
using EmbeddedHost.Tests.Engine;
using Microsoft.DurableTask;
using Microsoft.DurableTask.Client;

namespace EmbeddedHost.Tests.Guard;

/// <summary>An orchestrator that awaits what is not durable fails its instance, at once or as soon as that goes on, and never hangs.</summary>
public sealed class ForeignAwaitTests
{
    // What is awaited from elsewhere ends once the test says so; what is given as never does not end.
    private static readonly Dictionary<string, Func<TaskOrchestrationContext, Task, Task, Task<string>>> s_codes = new(StringComparer.Ordinal)
    {
        ["a foreign task first"] = async (_, elsewhere, _) =>
        {
            await elsewhere;
            return "done";
        },
        ["one that never ends"] = async (_, _, never) =>
        {
            await never;
            return "done";
        },
        ["one that never ends, after a durable one"] = async (context, _, never) =>
        {
            await context.CallActivityAsync<string>("Same", "a");
            await never;
            return "done";
        },
        ["one that never ends, until the durable timer beside it fires"] = async (context, _, never) =>
        {
            var timer = context.CreateTimer(TimeSpan.FromMilliseconds(30), CancellationToken.None);
            await never;
            await timer;
            return "done";
        },
        ["a foreign task between durable ones"] = async (context, elsewhere, _) =>
        {
            await context.CallActivityAsync<string>("Same", "a");
            await elsewhere;
            return await context.CallActivityAsync<string>("Same", "b");
        },
        ["Task.Run, after a durable one"] = async (context, elsewhere, _) =>
        {
            await context.CallActivityAsync<string>("Same", "a");
            return await Task.Run(() => elsewhere.ContinueWith(_ => "done", TaskScheduler.Default));
        },
        ["Task.Run around a durable call"] = (context, elsewhere, _) => Task.Run(async () =>
        {
            await elsewhere;
            return await context.CallActivityAsync<string>("Same", "a");
        }),
        ["ConfigureAwait(false), and a durable call after it"] = async (context, _, _) =>
        {
            await context.CallActivityAsync<string>("Same", "a").ConfigureAwait(false);
            return await context.CallActivityAsync<string>("Same", "b");
        },
        ["ConfigureAwait(false), and the end after it"] = async (context, _, _) =>
        {
            await context.CallActivityAsync<string>("Same", "a").ConfigureAwait(false);
            return "done";
        },
        ["ConfigureAwait(false), until the durable timer beside it fires"] = async (context, _, _) =>
        {
            var timer = context.CreateTimer(TimeSpan.FromMilliseconds(30), CancellationToken.None);
            await context.CallActivityAsync<string>("Same", "a").ConfigureAwait(false);
            await timer;
            return "done";
        },
        ["a continuation on another scheduler"] = (context, _, _) => context.CallActivityAsync<string>("Same", "a")
            .ContinueWith(_ => context.CallActivityAsync<string>("Same", "b"), TaskScheduler.Default).Unwrap(),
        ["the first of a durable timer and a foreign task"] = async (context, elsewhere, _) =>
        {
            await Task.WhenAny(context.CreateTimer(TimeSpan.FromDays(1), CancellationToken.None), elsewhere);
            return "done";
        },
        ["a foreign task beside a wait for an event"] = async (context, elsewhere, _) =>
        {
            var raised = context.WaitForExternalEvent<string>("Never");
            await elsewhere;
            return await raised;
        },
        ["async void, beside a durable timer"] = async (context, elsewhere, _) =>
        {
            async void Forgotten()
            {
                await elsewhere;
                context.SetCustomStatus("late");
            }

            Forgotten();
            await context.CreateTimer(TimeSpan.FromDays(1), CancellationToken.None);
            return "done";
        },
        ["a durable timer cancelled from elsewhere"] = async (context, elsewhere, _) =>
        {
            CancellationTokenSource source = new();
            _ = elsewhere.ContinueWith(_ => source.Cancel(), TaskScheduler.Default);
            await context.CreateTimer(TimeSpan.FromDays(1), source.Token);
            return "done";
        },
        ["a wait for an event cancelled from elsewhere"] = async (context, elsewhere, _) =>
        {
            CancellationTokenSource source = new();
            _ = elsewhere.ContinueWith(_ => source.Cancel(), TaskScheduler.Default);
            return await context.WaitForExternalEvent<string>("Never", source.Token);
        },
        ["HTTP"] = async (_, _, _) =>
        {
            using HttpClient http = new();
            return await http.GetStringAsync(new Uri("http://127.0.0.1:9/"));
        },
    };

    public static TheoryData<string, int> Codes
    {
        get
        {
            TheoryData<string, int> data = [];
            foreach (var code in s_codes.Keys)
            {
                data.Add(code, 1000);
                data.Add(code, 0);
            }

            return data;
        }
    }

    [Theory]
    [MemberData(nameof(Codes))]
    public async Task It_fails_the_instance_and_says_who_and_what_to_do(string code, int cachedSessions)
    {
        TaskCompletionSource elsewhere = new();
        TaskCompletionSource never = new();
        await using var harness = new EngineHarness(cachedSessions: cachedSessions)
            .Activity<string, string>("Same", text => text)
            .Orchestrator("Foreign", context => s_codes[code](context, elsewhere.Task, never.Task))
            .Start();
        var id = await harness.Client.ScheduleNewOrchestrationInstanceAsync("Foreign", new StartOrchestrationOptions("foreign-1"), EngineHarness.Cancellation);
        // The code then awaits what is foreign: a task that has ended before it is awaited is none that anybody could tell.
        await harness.UntilHistoryAsync(
            id, history => history.OfType<ExecutionStarted>().Any() && history.OfType<TaskScheduled>().Count() == history.OfType<TaskCompleted>().Count());

        elsewhere.SetResult();
        var end = await harness.EndOfAsync(id);

        Assert.Equal(OrchestrationRuntimeStatus.Failed, end.RuntimeStatus);
        Assert.Equal("System.InvalidOperationException", end.FailureDetails!.ErrorType);
        Assert.StartsWith("An invalid asynchronous invocation was detected.", end.FailureDetails.ErrorMessage);
        Assert.Contains("Orchestrator 'Foreign', instance 'foreign-1': it must await only what its context returns", end.FailureDetails.ErrorMessage, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Having_failed_it_stays_failed_and_does_not_run_again_after_a_restart()
    {
        ConcurrentQueue<string> ran = new();
        TaskCompletionSource never = new();
        void Code(EngineHarness harness) => harness.Orchestrator("Foreign", async _ =>
        {
            ran.Enqueue("ran");
            await never.Task;
            return 1;
        });
        await using EngineHarness harness = new();
        Code(harness);
        var failed = await harness.Start().RunAsync("Foreign");

        await harness.RestartAsync(Code);
        var after = await harness.EndOfAsync(failed.InstanceId);

        Assert.Equal(OrchestrationRuntimeStatus.Failed, after.RuntimeStatus);
        Assert.Equal(failed.SerializedOutput, after.SerializedOutput);
        Assert.Single(ran);
    }

    [Fact]
    public async Task A_foreign_await_that_a_kill_cut_off_is_found_again_after_the_restart()
    {
        TaskCompletionSource elsewhere = new();
        void Code(EngineHarness harness, Task foreign) => harness.Orchestrator("Beside", async context =>
        {
            var timer = context.CreateTimer(TimeSpan.FromDays(1), CancellationToken.None);
            await foreign;
            await timer;
            return 1;
        });
        await using EngineHarness harness = new();
        Code(harness, new TaskCompletionSource().Task);
        var id = await harness.Start().Client.ScheduleNewOrchestrationInstanceAsync("Beside", EngineHarness.Cancellation);
        await harness.UntilHistoryAsync(id, history => history.OfType<TimerCreated>().Any());

        await harness.KillAsync();
        await harness.RestartAsync(restarted => Code(restarted, elsewhere.Task));
        await harness.Client.RaiseEventAsync(id, "Wake", cancellation: EngineHarness.Cancellation);
        await harness.UntilHistoryAsync(id, history => history.OfType<EventRaised>().Any());
        elsewhere.SetResult();

        Assert.StartsWith("System.InvalidOperationException: An invalid asynchronous invocation was detected.", (await harness.EndOfAsync(id)).SerializedOutput);
    }

    [Theory]
    [InlineData(1000)]
    [InlineData(0)]
    public async Task Yielding_and_tasks_that_have_ended_are_no_offence(int cachedSessions)
    {
        await using var harness = new EngineHarness(cachedSessions: cachedSessions)
            .Activity<int, int>("Same", number => number)
            .Orchestrator("Fine", async context =>
            {
                await Task.Yield();
                var first = await context.CallActivityAsync<int>("Same", 1);
                await Task.Yield();
                await Task.CompletedTask.ConfigureAwait(false);
                return first + await context.CallActivityAsync<int>("Same", 2) + await Task.FromResult(3);
            })
            .Start();

        Assert.Equal(6, (await harness.RunAsync("Fine")).ReadOutputAs<int>());
    }

    [Fact]
    public async Task What_an_async_void_throws_within_a_step_fails_the_instance()
    {
        await using var harness = new EngineHarness()
            .Activity<string, string>("Same", text => text)
            .Orchestrator("Void", async context =>
            {
                async void Forgotten()
                {
                    await context.CallActivityAsync<string>("Same", "a");
                    throw new FormatException("nobody awaits this");
                }

                Forgotten();
                await context.CreateTimer(TimeSpan.FromDays(1), CancellationToken.None);
                return "done";
            })
            .Start();

        var end = await harness.RunAsync("Void");

        Assert.Equal("System.FormatException: nobody awaits this", end.SerializedOutput);
    }

    [Fact]
    public async Task Others_go_on_while_instances_fail_for_foreign_awaits()
    {
        TaskCompletionSource never = new();
        await using var harness = new EngineHarness()
            .Activity<int, int>("Same", number => number)
            .Orchestrator("Foreign", async _ =>
            {
                await never.Task;
                return 1;
            })
            .Orchestrator("Healthy", context => Task.WhenAll(Enumerable.Range(0, 5).Select(number => context.CallActivityAsync<int>("Same", number))))
            .Start();

        var ends = await Task.WhenAll(Enumerable.Range(0, 40).Select(number => harness.RunAsync(number % 2 == 0 ? "Foreign" : "Healthy")));

        Assert.All(ends, end => Assert.Equal(end.Name == "Healthy" ? OrchestrationRuntimeStatus.Completed : OrchestrationRuntimeStatus.Failed, end.RuntimeStatus));
    }
}
