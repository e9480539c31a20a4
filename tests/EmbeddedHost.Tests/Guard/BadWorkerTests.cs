using System.Net;
using EmbeddedHost.Protocol;
using EmbeddedHost.Worker.Messages;
using Google.Protobuf.WellKnownTypes;
using Grpc.Core;
using Grpc.Net.Client;
using Microsoft.DurableTask.Client;
using Kind = EmbeddedHost.Worker.Messages.StreamingMessage.ContentOneofCase;
using P = Microsoft.DurableTask.Protobuf;

namespace EmbeddedHost.Tests.Guard;

/// <summary>Workers that answer late, never, or with nonsense, and programs that are no worker of this host's.</summary>
public sealed class BadWorkerTests
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_stranger_on_the_workers_port_is_turned_away()
    {
        await using FakeWorkerHost host = new();
        await using FakeWorker stranger = new(host.Address);
        await stranger.StartAsync("another");

        var refusal = await Assert.ThrowsAsync<Grpc.Core.RpcException>(stranger.HearAsync);

        Assert.Equal(StatusCode.PermissionDenied, refusal.StatusCode);
        Assert.False(host.Starting.IsCompleted);
        await host.LoggedAsync("Warning A program that is not the worker tried to speak as the worker, and was turned away.");
        await using var worker = await host.ConnectAsync();
    }

    [Theory]
    [InlineData(null)]
    [InlineData("guessed")]
    public async Task A_call_of_the_task_hub_without_its_token_is_turned_away(string? token)
    {
        await using FakeWorkerHost host = new();
        await using var worker = await host.ConnectAsync();
        using var channel = GrpcChannel.ForAddress(host.Address);
        Metadata metadata = token is null ? [] : new Metadata { { "Durable-ConnectionName", token } };

        var refusal = await Assert.ThrowsAsync<Grpc.Core.RpcException>(
            async () =>
                await new P.TaskHubSidecarService.TaskHubSidecarServiceClient(channel).HelloAsync(new Empty(), metadata, cancellationToken: Cancellation));

        Assert.Equal(StatusCode.Unauthenticated, refusal.StatusCode);
    }

    [Fact]
    public async Task A_handshake_that_is_nonsense_ends_the_start()
    {
        await using FakeWorkerHost host = new();
        await using FakeWorker worker = new(host.Address);
        await worker.StartAsync(host.WorkerId);

        await worker.AnswerAsync(await worker.HearAsync(), new StreamingMessage { FunctionLoadResponse = new FunctionLoadResponse() });
        var refusal = await Assert.ThrowsAsync<EmbeddedHostException>(() => host.Starting);

        Assert.Equal(
            "The worker answers a WorkerInitRequest with a FunctionLoadResponse: it does not speak the protocol of an isolated worker.", refusal.Message);
    }

    [Fact]
    public async Task A_worker_that_refuses_ends_the_start_with_its_reason()
    {
        await using FakeWorkerHost host = new();
        await using FakeWorker worker = new(host.Address);
        await worker.StartAsync(host.WorkerId);

        StatusResult failure =
            new() { Status = StatusResult.Types.Status.Failure, Exception = new Worker.Messages.RpcException { Message = "not today\n   at Somewhere" } };
        await worker.AnswerAsync(await worker.HearAsync(), new StreamingMessage { WorkerInitResponse = new WorkerInitResponse { Result = failure } });

        Assert.Equal("The worker refuses to start: not today", (await Assert.ThrowsAsync<EmbeddedHostException>(() => host.Starting)).Message);
    }

    [Fact]
    public async Task A_worker_that_never_answers_ends_the_start_when_its_time_is_over()
    {
        await using FakeWorkerHost host = new(options => options.WorkerStartTimeLimit = TimeSpan.FromSeconds(1));
        await using FakeWorker worker = new(host.Address);
        await worker.StartAsync(host.WorkerId);

        Assert.StartsWith(
            "The worker was not ready within 00:00:01.",
            (await Assert.ThrowsAsync<EmbeddedHostException>(() => host.Starting)).Message,
            StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(
        "Read", """{"name":"mail","type":"queueTrigger"}""",
        "The function 'Read' has the binding 'queueTrigger' (parameter 'mail'), which this host does not have. "
        + "It has httpTrigger, timerTrigger, orchestrationTrigger, activityTrigger, durableClient, http. "
        + "Take the function out of the app, or run the app on Azure's host.")]
    [InlineData("plan", """{"name":"x","type":"activityTrigger"}""",
        "There are two functions with the name 'plan'. Give each function of the app a name of its own.")]
    [InlineData("Idle", """{"name":"x","type":"http","direction":"Out"}""", "The function 'Idle' has no trigger, so nothing could start it.")]
    [InlineData("Odd", "[]", "The worker describes the function 'Odd' by a binding that cannot be read: ")]
    [InlineData("Ask2", """{"name":"x","type":"httpTrigger","route":"ask"}""",
        "The functions 'Ask' and 'Ask2' answer the same requests: route '/api/ask'. Give one of them another route or method.")]
    [InlineData("Lost", """{"name":"x","type":"httpTrigger","route":"a/{b"}""", "The HTTP function 'Lost' has a route that cannot be read, 'a/{b': ")]
    public async Task Functions_that_this_host_cannot_run_end_the_start_by_name(string name, string binding, string message)
    {
        await using FakeWorkerHost host = new();
        await using FakeWorker usual = new(host.Address);
        await using FakeWorker worker = new(host.Address) { Functions = [.. usual.Functions, FakeWorker.Function(name, binding)] };

        var greeting = worker.GreetAsync(host.WorkerId);
        var refusal = await Assert.ThrowsAnyAsync<EmbeddedHostException>(() => host.Starting);

        Assert.StartsWith(message, refusal.Message, StringComparison.Ordinal);
        Assert.False(greeting.IsFaulted);
    }

    [Theory]
    [InlineData("no result")]
    [InlineData("no value")]
    [InlineData("no base64")]
    [InlineData("no message")]
    [InlineData("another instance")]
    [InlineData("an entity call")]
    public async Task A_step_that_is_answered_with_nonsense_fails_its_instance_and_the_next_one_runs(string nonsense)
    {
        await using FakeWorkerHost host = new();
        await using var worker = await host.ConnectAsync();
        await host.Client.ScheduleNewOrchestrationInstanceAsync("Plan", new Microsoft.DurableTask.StartOrchestrationOptions("bad"), Cancellation);

        await worker.AnswerAsync((await worker.HearAsync(Kind.InvocationRequest)).InvocationRequest, Nonsense(nonsense));
        var bad = await host.Client.WaitForInstanceCompletionAsync("bad", getInputsAndOutputs: true, Cancellation);
        await host.Client.ScheduleNewOrchestrationInstanceAsync("Plan", new Microsoft.DurableTask.StartOrchestrationOptions("good"), Cancellation);
        await worker.AnswerAsync((await worker.HearAsync(Kind.InvocationRequest)).InvocationRequest, Completed("good"));
        var good = await host.Client.WaitForInstanceCompletionAsync("good", getInputsAndOutputs: true, Cancellation);

        Assert.Equal((OrchestrationRuntimeStatus.Failed, OrchestrationRuntimeStatus.Completed), (bad.RuntimeStatus, good.RuntimeStatus));
        Assert.Contains("Function 'Plan' failed", bad.SerializedOutput, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_activity_that_never_answers_is_told_to_stop_given_up_and_its_late_answer_dropped()
    {
        await using FakeWorkerHost host = new();
        await using var worker = await host.ConnectAsync();
        await host.Client.ScheduleNewOrchestrationInstanceAsync("Plan", new Microsoft.DurableTask.StartOrchestrationOptions("late"), Cancellation);
        await worker.AnswerAsync((await worker.HearAsync(Kind.InvocationRequest)).InvocationRequest, CallsActivity("late"));

        var activity = (await worker.HearAsync(Kind.InvocationRequest)).InvocationRequest;
        var cancel = await worker.HearAsync(Kind.InvocationCancel);
        var step = (await worker.HearAsync(Kind.InvocationRequest)).InvocationRequest;
        await worker.AnswerAsync(activity, new InvocationResponse { Result = FakeWorker.Success(), ReturnValue = new TypedData { Json = "1" } });
        await worker.AnswerAsync(step, Completed("late"));
        await host.Client.WaitForInstanceCompletionAsync("late", Cancellation);

        Assert.Equal(activity.InvocationId, cancel.InvocationCancel.InvocationId);
        var failed = Assert.Single(RequestOf(step).NewEvents, one => one.TaskFailed is not null).TaskFailed;
        Assert.Equal(
            ("System.TimeoutException", "Timeout value of 00:00:01 was exceeded by function: Act"),
            (failed.FailureDetails.ErrorType, failed.FailureDetails.ErrorMessage));
    }

    [Fact]
    public async Task An_activity_without_a_result_has_failed()
    {
        await using FakeWorkerHost host = new();
        await using var worker = await host.ConnectAsync();
        await host.Client.ScheduleNewOrchestrationInstanceAsync("Plan", new Microsoft.DurableTask.StartOrchestrationOptions("odd"), Cancellation);
        await worker.AnswerAsync((await worker.HearAsync(Kind.InvocationRequest)).InvocationRequest, CallsActivity("odd"));

        await worker.AnswerAsync((await worker.HearAsync(Kind.InvocationRequest)).InvocationRequest, new InvocationResponse());
        var step = (await worker.HearAsync(Kind.InvocationRequest)).InvocationRequest;
        await worker.AnswerAsync(step, Completed("odd"));

        Assert.Equal(
            "The worker does not say why.", Assert.Single(RequestOf(step).NewEvents, one => one.TaskFailed is not null).TaskFailed.FailureDetails.ErrorMessage);
    }

    [Fact]
    public async Task Answers_that_nobody_asked_for_harm_nothing()
    {
        await using FakeWorkerHost host = new();
        await using var worker = await host.ConnectAsync();

        await worker.SayAsync(new StreamingMessage());
        await worker.SayAsync(new StreamingMessage { InvocationResponse = new InvocationResponse { InvocationId = "never" } });
        await worker.SayAsync(
            new StreamingMessage { RpcLog = new RpcLog { Message = "hello", Category = "Odd", EventId = "none", Level = (RpcLog.Types.Level)77 } });
        var answer = host.Http.GetAsync("/api/Ask", Cancellation);
        await worker.AnswerAsync((await worker.HearAsync(Kind.InvocationRequest)).InvocationRequest, new InvocationResponse { Result = FakeWorker.Success() });

        Assert.Equal(HttpStatusCode.NoContent, (await answer).StatusCode);
    }

    [Fact]
    public async Task A_request_whose_worker_hangs_up_is_502_and_the_next_worker_is_taken()
    {
        await using FakeWorkerHost host = new();
        var first = await host.ConnectAsync();
        var cut = host.Http.GetAsync("/api/Ask", Cancellation);
        await first.HearAsync(Kind.InvocationRequest);

        await first.DisposeAsync();
        using var lost = await cut;
        var waiting = host.Http.GetAsync("/api/Ask", Cancellation);
        await using var second = await host.ConnectAsync();
        await second.AnswerAsync((await second.HearAsync(Kind.InvocationRequest)).InvocationRequest, new InvocationResponse { Result = FakeWorker.Success() });

        Assert.Equal((HttpStatusCode.BadGateway, HttpStatusCode.NoContent), (lost.StatusCode, (await waiting).StatusCode));
    }

    private static InvocationResponse Nonsense(string kind) => kind switch
    {
        "no result" => new InvocationResponse(),
        "no value" => new InvocationResponse { Result = FakeWorker.Success() },
        "no base64" => Answer("?"),
        "no message" => Answer("AAAA"),
        "another instance" => Completed("other"),
        _ => Answer(
            new P.OrchestratorResponse
            {
                InstanceId = "bad",
                Actions = { new P.OrchestratorAction { SendEntityMessage = new P.SendEntityMessageAction() } },
            }.ToBase64()),
    };

    private static InvocationResponse Completed(string instanceId) => Answer(new P.OrchestratorResponse
    {
        InstanceId = instanceId,
        Actions =
        {
            new P.OrchestratorAction
            {
                Id = 1,
                CompleteOrchestration = new P.CompleteOrchestrationAction { OrchestrationStatus = P.OrchestrationStatus.Completed, Result = "1" },
            },
        },
    }.ToBase64());

    private static InvocationResponse CallsActivity(string instanceId) => Answer(new P.OrchestratorResponse
    {
        InstanceId = instanceId,
        Actions = { new P.OrchestratorAction { Id = 0, ScheduleTask = new P.ScheduleTaskAction { Name = "Act", Input = "[5]" } } },
    }.ToBase64());

    private static InvocationResponse Answer(string text) => new() { Result = FakeWorker.Success(), ReturnValue = new TypedData { String = text } };

    private static P.OrchestratorRequest RequestOf(InvocationRequest invocation) =>
        Base64Message.FromBase64<P.OrchestratorRequest>(invocation.InputData[0].Data.String);
}
