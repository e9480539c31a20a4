using System.Text.Json;
using Microsoft.DurableTask;
using Microsoft.DurableTask.Client;

namespace EmbeddedHost.Tests.Contract;

/// <summary>Activities: what they get, what they give, how they fail.</summary>
public sealed class CallTests
{
    private const string Generic = "context.CallActivityAsync<TResult>(TaskName, object, TaskOptions)";

    [Fact]
    [Covers(Generic)]
    public async Task Activities_are_called_one_after_another_with_what_came_before()
    {
        await using var host = await ContractHost.StartAsync(tasks => tasks
            .AddActivityFunc<int, int>("Double", (_, number) => number * 2)
            .AddOrchestratorFunc<int, int>("Twice", async (context, number) =>
                await context.CallActivityAsync<int>("Double", await context.CallActivityAsync<int>("double", number))));

        var end = await host.RunAsync("Twice", 5);

        Assert.Equal((OrchestrationRuntimeStatus.Completed, 20, "5"), (end.RuntimeStatus, end.ReadOutputAs<int>(), end.SerializedInput));
    }

    [Fact]
    [Covers("context.CallActivityAsync(TaskName, object, TaskOptions)")]
    [Covers("context.CallActivityAsync(TaskName, TaskOptions)")]
    [Covers("context.CallActivityAsync<TResult>(TaskName, TaskOptions)")]
    public async Task Every_form_of_a_call_calls()
    {
        await using var host = await ContractHost.StartAsync(tasks => tasks
            .AddActivityFunc<string?, string>("Note", (_, text) => text ?? "nothing")
            .AddOrchestratorFunc<string>("Forms", async context =>
            {
                TaskOptions options = new();
                await context.CallActivityAsync("Note", "text");
                await context.CallActivityAsync("Note", options);
                return await context.CallActivityAsync<string>("Note", options) + await context.CallActivityAsync<string>("Note", "text", options);
            }));

        Assert.Equal("nothingtext", await host.ResultOfAsync<string>("Forms"));
    }

    [Fact]
    [Covers(Generic)]
    public async Task Activities_fanned_out_come_back_in_the_order_of_their_calls()
    {
        await using var host = await ContractHost.StartAsync(tasks => tasks
            .AddActivityFunc<int, int>("Square", (_, number) => number * number)
            .AddOrchestratorFunc<int[]>("FanOut", context =>
                Task.WhenAll(Enumerable.Range(0, 50).Select(number => context.CallActivityAsync<int>("Square", number)))));

        Assert.Equal(Enumerable.Range(0, 50).Select(number => number * number), await host.ResultOfAsync<int[]>("FanOut"));
    }

    [Fact]
    public async Task An_activity_knows_whom_it_works_for()
    {
        await using var host = await ContractHost.StartAsync(tasks => tasks
            .AddActivityFunc<string>("Who", context => $"{context.Name} of {context.InstanceId} '{context.Version}'")
            .AddOrchestratorFunc<string>("Ask", async context =>
                $"{await context.CallActivityAsync<string>("Who")}, {await context.CallActivityAsync<string>("Who", new TaskOptions { Version = "3" })}"));

        Assert.Equal("Who of asker '', Who of asker '3'", await host.ResultOfAsync<string>("Ask", instanceId: "asker"));
    }

    [Fact]
    public async Task An_activity_is_called_in_the_version_of_its_orchestration_or_in_the_one_asked_for()
    {
        await using var host = await ContractHost.StartAsync(tasks => tasks
            .AddActivityFunc<string?, string>("Act", "1", (_, _) => Task.FromResult("one"))
            .AddActivityFunc<string?, string>("Act", "2", (_, _) => Task.FromResult("two"))
            .AddOrchestratorFunc<string>("Versioned", async context =>
                $"{await context.CallActivityAsync<string>("Act")} {await context.CallActivityAsync<string>("Act", new TaskOptions { Version = "2" })}"));
        var id = await host.Client.ScheduleNewOrchestrationInstanceAsync("Versioned", new StartOrchestrationOptions { Version = "1" }, ContractHost.Cancellation);

        Assert.Equal("one two", (await host.EndOfAsync(id)).ReadOutputAs<string>());
    }

    [Fact]
    public async Task Payloads_keep_their_values_on_the_way()
    {
        Parcel sent = new(
            Guid.Parse("8a1b5a3e-8d39-4c55-9d38-3f1a5e2b6c70"),
            new DateTime(2026, 1, 2, 3, 4, 5, 678, DateTimeKind.Utc),
            new DateTimeOffset(2026, 1, 2, 3, 4, 5, TimeSpan.FromHours(2)),
            new TimeSpan(1, 2, 3, 4, 5),
            1.5m,
            DayOfWeek.Friday,
            null,
            ["é", "\"quoted\"", "line\nbreak"]);
        await using var host = await ContractHost.StartAsync(tasks => tasks
            .AddActivityFunc<Parcel, Parcel>("Pass", (_, parcel) => parcel)
            .AddOrchestratorFunc<Parcel, Parcel>("Carry", (context, parcel) => context.CallActivityAsync<Parcel>("Pass", parcel)));

        var received = await host.ResultOfAsync<Parcel>("Carry", sent);

        Assert.Equal(sent.Texts, received.Texts);
        Assert.Equal(sent, received with { Texts = sent.Texts });
    }

    [Fact]
    public async Task A_failed_activity_throws_with_the_type_and_message_of_what_went_wrong()
    {
        TaskFailedException? caught = null;
        await using var host = await ContractHost.StartAsync(tasks => tasks
            .AddActivityFunc<string?, string>("Act", string (_, _) => throw new FormatException("act: boom\nsecond line", new IOException("disk")))
            .AddOrchestratorFunc<string>("Catch", async context =>
            {
                try
                {
                    return await context.CallActivityAsync<string>("Act");
                }
                catch (TaskFailedException failure)
                {
                    caught = failure;
                    return "caught";
                }
            }));

        Assert.Equal("caught", await host.ResultOfAsync<string>("Catch"));
        Assert.Equal("Task 'Act' (#0) failed with an unhandled exception: act: boom\nsecond line", caught!.Message);
        Assert.Equal(("Act", 0), (caught.TaskName, caught.TaskId));
        var details = caught.FailureDetails;
        Assert.Equal(("System.FormatException", "act: boom\nsecond line"), (details.ErrorType, details.ErrorMessage));
        Assert.Equal(("System.IO.IOException", "disk"), (details.InnerFailure!.ErrorType, details.InnerFailure.ErrorMessage));
        Assert.Equal((true, true, true, false), (details.IsCausedBy<FormatException>(), details.IsCausedBy<SystemException>(), details.IsCausedBy<Exception>(), details.IsCausedBy<IOException>()));
        Assert.Throws<ArgumentException>(() => details.IsCausedBy(typeof(string)));
    }

    [Fact]
    public async Task A_failure_of_a_type_of_the_apps_own_is_known_by_its_base_types()
    {
        await using var host = await ContractHost.StartAsync(tasks => tasks
            .AddActivityFunc<string?, string>("Act", string (_, _) => throw new OutOfStampsException())
            .AddOrchestratorFunc<string>("Catch", async context =>
            {
                try
                {
                    return await context.CallActivityAsync<string>("Act");
                }
                catch (TaskFailedException failure)
                {
                    var details = failure.FailureDetails;
                    return $"{details.IsCausedBy<OutOfStampsException>()} {details.IsCausedBy<InvalidOperationException>()} {details.IsCausedBy<IOException>()}";
                }
            }));

        Assert.Equal("True True False", await host.ResultOfAsync<string>("Catch"));
    }

    [Fact]
    public async Task An_uncaught_failure_fails_the_instance_and_keeps_the_activitys_details_inside()
    {
        await using var host = await ContractHost.StartAsync(tasks => tasks
            .AddActivityFunc<string?, string>("Act", string (_, _) => throw new FormatException("boom"))
            .AddOrchestratorFunc<string>("Throw", context => context.CallActivityAsync<string>("Act")));

        var end = await host.RunAsync("Throw");

        Assert.Equal(OrchestrationRuntimeStatus.Failed, end.RuntimeStatus);
        Assert.Equal("Microsoft.DurableTask.TaskFailedException: Task 'Act' (#0) failed with an unhandled exception: boom", end.SerializedOutput);
        Assert.Equal(typeof(TaskFailedException).FullName, end.FailureDetails!.ErrorType);
        Assert.Equal(("System.FormatException", "boom"), (end.FailureDetails.InnerFailure!.ErrorType, end.FailureDetails.InnerFailure.ErrorMessage));
    }

    [Fact]
    public async Task An_orchestrator_that_throws_before_its_first_await_fails_its_instance()
    {
        await using var host = await ContractHost.StartStandardAsync();

        var end = await host.RunAsync("Fails", "at once");

        Assert.Equal((OrchestrationRuntimeStatus.Failed, "System.InvalidOperationException: at once"), (end.RuntimeStatus, end.SerializedOutput));
    }

    [Theory]
    [InlineData("NoSuchOrchestrator", "The function 'NoSuchOrchestrator' doesn't exist")]
    [InlineData("CallsNothing", "The function 'NoSuchActivity' doesn't exist")]
    public async Task A_name_that_is_not_registered_fails_the_instance_and_is_named(string orchestrator, string message)
    {
        await using var host = await ContractHost.StartAsync(tasks => tasks
            .AddOrchestratorFunc<string>("CallsNothing", context => context.CallActivityAsync<string>("NoSuchActivity")));

        var end = await host.RunAsync(orchestrator);

        Assert.Equal(OrchestrationRuntimeStatus.Failed, end.RuntimeStatus);
        Assert.Contains(message, end.FailureDetails!.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_activitys_input_of_the_wrong_type_is_a_failed_task()
    {
        await using var host = await ContractHost.StartAsync(tasks => tasks
            .AddActivityFunc<int, int>("Number", (_, number) => number)
            .AddOrchestratorFunc<string>("Wrong", async context =>
            {
                try
                {
                    return $"{await context.CallActivityAsync<int>("Number", "seven")}";
                }
                catch (TaskFailedException failure)
                {
                    return failure.FailureDetails.ErrorType;
                }
            }));

        Assert.Equal(typeof(JsonException).FullName, await host.ResultOfAsync<string>("Wrong"));
    }

    [Fact]
    public async Task An_activitys_result_of_the_wrong_type_is_thrown_at_the_await()
    {
        await using var host = await ContractHost.StartAsync(tasks => tasks
            .AddActivityFunc<string>("Text", _ => "seven")
            .AddOrchestratorFunc<string>("Wrong", async context =>
            {
                try
                {
                    return $"{await context.CallActivityAsync<int>("Text")}";
                }
                catch (JsonException)
                {
                    return "no number";
                }
            }));

        Assert.Equal("no number", await host.ResultOfAsync<string>("Wrong"));
    }

    [Fact]
    public async Task An_activitys_result_that_cannot_be_serialized_is_a_failed_task()
    {
        await using var host = await ContractHost.StartAsync(tasks => tasks
            .AddActivityFunc<string?, Loop>("Loop", (_, _) => new Loop())
            .AddOrchestratorFunc<string>("Catch", async context =>
            {
                try
                {
                    await context.CallActivityAsync("Loop");
                    return "serialized";
                }
                catch (TaskFailedException failure)
                {
                    return failure.FailureDetails.ErrorType;
                }
            }));

        Assert.Equal(typeof(JsonException).FullName, await host.ResultOfAsync<string>("Catch"));
    }

    [Fact]
    public async Task An_activity_that_gives_up_is_an_ordinary_failure()
    {
        await using var host = await ContractHost.StartAsync(tasks => tasks
            .AddActivityFunc<string?, string>("GiveUp", string (_, _) => throw new OperationCanceledException("enough"))
            .AddOrchestratorFunc<string>("Catch", async context =>
            {
                try
                {
                    return await context.CallActivityAsync<string>("GiveUp");
                }
                catch (TaskFailedException failure)
                {
                    return failure.FailureDetails.ToString();
                }
            }));

        Assert.Equal("System.OperationCanceledException: enough", await host.ResultOfAsync<string>("Catch"));
    }

    [Fact]
    public async Task Activities_that_nobody_awaits_do_not_keep_the_orchestration_from_its_end()
    {
        TaskCompletionSource release = new();
        await using var host = await ContractHost.StartAsync(tasks => tasks
            .AddActivityFunc<string?, string>("Hangs", async (_, _) =>
            {
                await release.Task;
                return "late";
            })
            .AddActivityFunc<string?, string>("Fails", string (_, _) => throw new IOException("unseen"))
            .AddOrchestratorFunc<string>("Leaves", async context =>
            {
                _ = context.CallActivityAsync("Hangs");
                _ = context.CallActivityAsync("Fails");
                await context.CreateTimer(TimeSpan.FromMilliseconds(20), CancellationToken.None);
                return "gone";
            }));

        Assert.Equal("gone", await host.ResultOfAsync<string>("Leaves"));
        release.SetResult();
    }

    [Fact]
    public async Task Of_two_failures_in_a_fan_out_the_first_call_is_the_one_thrown()
    {
        await using var host = await ContractHost.StartAsync(tasks => tasks
            .AddActivityFunc<int, int>("Fail", int (_, number) => throw new IOException($"number {number}"))
            .AddOrchestratorFunc<string>("Both", async context =>
            {
                try
                {
                    await Task.WhenAll(context.CallActivityAsync<int>("Fail", 1), context.CallActivityAsync<int>("Fail", 2));
                    return "none";
                }
                catch (TaskFailedException failure)
                {
                    return failure.FailureDetails.ErrorMessage;
                }
            }));

        Assert.Equal("number 1", await host.ResultOfAsync<string>("Both"));
    }

    [Fact]
    public async Task Options_given_as_the_input_by_mistake_are_refused()
    {
        await using var host = await ContractHost.StartAsync(tasks => tasks
            .AddOrchestratorFunc<string>("Mistake", context => context.CallActivityAsync<string>("Act", input: new TaskOptions())));

        var end = await host.RunAsync("Mistake");

        Assert.True(end.FailureDetails!.IsCausedBy<ArgumentException>(), end.ToString());
        Assert.Contains("TaskOptions", end.FailureDetails.ErrorMessage, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_activity_without_a_name_is_refused()
    {
        await using var host = await ContractHost.StartAsync(tasks => tasks
            .AddOrchestratorFunc<string>("Nameless", context => context.CallActivityAsync<string>(string.Empty)));

        Assert.True((await host.RunAsync("Nameless")).FailureDetails!.IsCausedBy<ArgumentException>());
    }

    [Fact]
    public async Task An_input_over_one_megabyte_is_refused_and_the_limit_is_named()
    {
        await using var host = await ContractHost.StartAsync(tasks => tasks
            .AddActivityFunc<string, int>("Length", (_, text) => text.Length)
            .AddOrchestratorFunc<int, int>("Send", (context, length) => context.CallActivityAsync<int>("Length", new string('x', length))));

        var fits = await host.ResultOfAsync<int>("Send", (1024 * 1024) - 2);
        var end = await host.RunAsync("Send", 1024 * 1024);

        Assert.Equal((1024 * 1024) - 2, fits);
        Assert.True(end.FailureDetails!.IsCausedBy<ArgumentException>());
        Assert.Contains("1,048,576 bytes", end.FailureDetails.ErrorMessage, StringComparison.Ordinal);
    }

    private sealed record Parcel(
        Guid Id, DateTime Sent, DateTimeOffset Local, TimeSpan Took, decimal Price, DayOfWeek Day, string? Note, IReadOnlyList<string> Texts);

    private sealed class OutOfStampsException : InvalidOperationException;

    private sealed class Loop
    {
        public Loop Self => this;
    }
}
