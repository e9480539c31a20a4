using System.Text.Json;
using Microsoft.DurableTask;
using Microsoft.DurableTask.Client;

namespace EmbeddedHost.Tests.Contract;

/// <summary>Activities: what they get, what they give, how they fail.</summary>
public abstract class CallTests(HostKind kind) : ContractTests(kind)
{
    private const string Generic = "context.CallActivityAsync<TResult>(TaskName, object, TaskOptions)";

    [Fact]
    [Covers(Generic)]
    public async Task Activities_are_called_one_after_another_with_what_came_before()
    {
        await using var host = await StartAsync(tasks => tasks
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
        await using var host = await StartAsync(tasks => tasks
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
        await using var host = await StartAsync(tasks => tasks
            .AddActivityFunc<int, int>("Square", (_, number) => number * number)
            .AddOrchestratorFunc<int[]>("FanOut", context =>
                Task.WhenAll(Enumerable.Range(0, 50).Select(number => context.CallActivityAsync<int>("Square", number)))));

        Assert.Equal(Enumerable.Range(0, 50).Select(number => number * number), await host.ResultOfAsync<int[]>("FanOut"));
    }

    [Fact]
    public async Task An_activity_knows_whom_it_works_for()
    {
        await using var host = await StartAsync(tasks => tasks
            .AddActivityFunc<string>("Who", context => $"{context.Name} of {context.InstanceId}")
            .AddOrchestratorFunc<string>("Ask", async context =>
                await context.CallActivityAsync<string>("Who")));

        Assert.Equal("Who of asker", await host.ResultOfAsync<string>("Ask", instanceId: "asker"));
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
        await using var host = await StartAsync(tasks => tasks
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
        await using var host = await StartAsync(tasks => tasks
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
        Assert.Equal(
            (true, true, true, false),
            (details.IsCausedBy<FormatException>(), details.IsCausedBy<SystemException>(), details.IsCausedBy<Exception>(), details.IsCausedBy<IOException>()));
        Assert.Throws<ArgumentException>(() => details.IsCausedBy(typeof(string)));
    }

    [Fact]
    public async Task A_failure_of_a_type_of_the_apps_own_is_known_by_its_base_types()
    {
        await using var host = await StartAsync(tasks => tasks
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
                    return $"{details.IsCausedBy<OutOfStampsException>()} {details.IsCausedBy<InvalidOperationException>()} "
                        + $"{details.IsCausedBy<IOException>()}";
                }
            }));

        Assert.Equal("True True False", await host.ResultOfAsync<string>("Catch"));
    }

    [Fact]
    public async Task An_uncaught_failure_fails_the_instance_and_keeps_the_activitys_details_inside()
    {
        NotOnTheJudge("The output of a failed instance is the message alone there; that of the Functions host begins with the type.");
        await using var host = await StartAsync(tasks => tasks
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
        NotOnTheJudge("The output of a failed instance is the message alone there; that of the Functions host begins with the type.");
        await using var host = await StartStandardAsync();

        var end = await host.RunAsync("Fails", "at once");

        Assert.Equal((OrchestrationRuntimeStatus.Failed, "System.InvalidOperationException: at once"), (end.RuntimeStatus, end.SerializedOutput));
    }

    [Theory]
    [InlineData("NoSuchOrchestrator", "'NoSuchOrchestrator'")]
    [InlineData("CallsNothing", "'NoSuchActivity'")]
    public async Task A_name_that_is_not_registered_fails_the_instance_and_is_named(string orchestrator, string message)
    {
        await using var host = await StartAsync(tasks => tasks
            .AddOrchestratorFunc<string>("CallsNothing", context => context.CallActivityAsync<string>("NoSuchActivity")));

        var end = await host.RunAsync(orchestrator);

        Assert.Equal(OrchestrationRuntimeStatus.Failed, end.RuntimeStatus);
        Assert.Contains(message, end.FailureDetails!.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_activitys_input_of_the_wrong_type_is_a_failed_task()
    {
        await using var host = await StartAsync(tasks => tasks
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

        // The Functions extension says which activity and which type, and throws that.
        Assert.Equal(IsJudge ? typeof(JsonException).FullName : typeof(InvalidOperationException).FullName, await host.ResultOfAsync<string>("Wrong"));
    }

    [Fact]
    public async Task An_activitys_result_of_the_wrong_type_is_thrown_at_the_await()
    {
        await using var host = await StartAsync(tasks => tasks
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
    public async Task An_activity_that_gives_up_is_an_ordinary_failure()
    {
        await using var host = await StartAsync(tasks => tasks
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
    public async Task An_orchestration_ends_when_the_activities_that_nobody_awaits_have_ended_too()
    {
        TaskCompletionSource release = new();
        await using var host = await StartAsync(tasks => tasks
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
                context.SetCustomStatus("gone");
                return "gone";
            }));
        var id = await host.BeginAsync("Leaves");

        var left = await host.UntilAsync(id, instance => instance.SerializedCustomStatus == "\"gone\"");
        release.SetResult();

        Assert.Equal(OrchestrationRuntimeStatus.Running, left.RuntimeStatus);
        Assert.Equal("gone", (await host.EndOfAsync(id)).ReadOutputAs<string>());
    }

    [Fact]
    public async Task Of_two_failures_in_a_fan_out_the_first_call_is_the_one_thrown()
    {
        await using var host = await StartAsync(tasks => tasks
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
        await using var host = await StartAsync(tasks => tasks
            .AddOrchestratorFunc<string>("Mistake", context => context.CallActivityAsync<string>("Act", input: new TaskOptions())));

        var end = await host.RunAsync("Mistake");

        Assert.True(end.FailureDetails!.IsCausedBy<ArgumentException>(), end.ToString());
        Assert.Contains("TaskOptions", end.FailureDetails.ErrorMessage, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_input_of_megabytes_goes_through()
    {
        NotOnTheJudge("Its connections take messages of 4 MB.");
        await using var host = await StartAsync(tasks => tasks
            .AddActivityFunc<string, int>("Length", (_, text) => text.Length)
            .AddOrchestratorFunc<int, int>("Send", (context, length) => context.CallActivityAsync<int>("Length", new string('x', length))));

        Assert.Equal(6_000_000, await host.ResultOfAsync<int>("Send", 6_000_000));
    }

    private sealed record Parcel(
        Guid Id, DateTime Sent, DateTimeOffset Local, TimeSpan Took, decimal Price, DayOfWeek Day, string? Note, IReadOnlyList<string> Texts);

    private sealed class OutOfStampsException : InvalidOperationException;
}

public sealed class CallTestsInSessions() : CallTests(HostKind.Sessions);

public sealed class CallTestsReplayed() : CallTests(HostKind.Replay);

public sealed class CallTestsOnTheJudge() : CallTests(HostKind.Judge);
