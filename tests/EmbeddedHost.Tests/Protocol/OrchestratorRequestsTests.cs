using System.Reflection;
using DurableTask.Core;
using DurableTask.Core.Command;
using DurableTask.Core.History;
using EmbeddedHost.Protocol;
using Google.Protobuf.WellKnownTypes;
using Microsoft.DurableTask;
using Microsoft.DurableTask.Worker.Grpc;
using P = Microsoft.DurableTask.Protobuf;

namespace EmbeddedHost.Tests.Protocol;

public sealed class OrchestratorRequestsTests
{
    private static readonly OrchestrationInstance s_instance = new() { InstanceId = "run-1", ExecutionId = "e1" };

    [Fact]
    public void Microsofts_runner_runs_a_request_and_its_answer_becomes_actions()
    {
        P.OrchestratorRequest request = OrchestratorRequests.Create(s_instance, [], [new OrchestratorStartedEvent(-1), Started()], new(), null);

        P.OrchestratorResponse response = Run(request, async context =>
        {
            _ = context.CallActivityAsync("Load", "a", new TaskOptions { Tags = new Dictionary<string, string> { ["t"] = "1" } });
            _ = context.CallSubOrchestratorAsync("Child", 5, new SubOrchestrationOptions(instanceId: "run-1:c"));
            _ = context.CreateTimer(context.CurrentUtcDateTime.AddMinutes(1), CancellationToken.None);
            context.SendEvent("other", "Go", 1);
            await context.WaitForExternalEvent<int>("Never");
        });

        OrchestratorAction[] actions = [.. response.Actions.Select(a => a.ToCore())];
        ScheduleTaskOrchestratorAction load = Assert.Single(actions.OfType<ScheduleTaskOrchestratorAction>());
        Assert.Equal(("Load", "[\"a\"]", "1"), (load.Name, load.Input, load.Tags!["t"]));
        CreateSubOrchestrationAction child = Assert.Single(actions.OfType<CreateSubOrchestrationAction>());
        Assert.Equal(("Child", "run-1:c", "5"), (child.Name, child.InstanceId, child.Input));
        Assert.Equal(new DateTime(2026, 1, 2, 3, 5, 5, DateTimeKind.Utc), Assert.Single(actions.OfType<CreateTimerOrchestratorAction>()).FireAt);
        Assert.Equal(
            ("other", "Go", "1"),
            Assert.Single(actions.OfType<SendEventOrchestratorAction>()) is var sent ? (sent.Instance!.InstanceId, sent.EventName, sent.EventData) : default);
    }

    [Fact]
    public void Microsofts_runner_replays_the_history_of_a_request()
    {
        HistoryEvent[] past =
        [
            new OrchestratorStartedEvent(-1), Started(), new TaskScheduledEvent(0, "Load"), new TaskScheduledEvent(1, "Load"), new OrchestratorCompletedEvent(
                -1),
        ];
        FailureDetails failure = new(
            "My.Error", "no luck", "at x", new FailureDetails("My.Inner", "why", null, null, false), true, new Dictionary<string, object?> { ["Code"] = 7 });
        HistoryEvent[] news = [new OrchestratorStartedEvent(-1), new TaskCompletedEvent(-1, 0, "41"), new TaskFailedEvent(-1, 1, null, null, failure)];

        P.OrchestratorResponse response = Run(OrchestratorRequests.Create(s_instance, past, news, new(), null), async context =>
        {
            Task<int> good = context.CallActivityAsync<int>("Load");
            Task<int> bad = context.CallActivityAsync<int>("Load");
            var result = await good;
            TaskFailedException thrown = await Assert.ThrowsAsync<TaskFailedException>(() => bad);
            throw new InvalidOperationException(
                $"{result} {thrown.FailureDetails.ErrorType} {thrown.FailureDetails.InnerFailure!.ErrorMessage} {thrown.FailureDetails.Properties!["Code"]}");
        });

        OrchestrationCompleteOrchestratorAction completed = Assert.IsType<OrchestrationCompleteOrchestratorAction>(Assert.Single(response.Actions).ToCore());
        Assert.Equal(OrchestrationStatus.Failed, completed.OrchestrationStatus);
        Assert.Equal("41 My.Error why 7", completed.FailureDetails!.ErrorMessage);
    }

    [Fact]
    public void Without_sessions_a_request_has_its_history_and_says_nothing_of_sessions()
    {
        P.OrchestratorRequest request = OrchestratorRequests.Create(
            s_instance, [Started()], [], new() { HttpPollInterval = TimeSpan.FromSeconds(5), DefaultVersion = "2.0" }, null);

        Assert.Single(request.PastEvents);
        Assert.Equal(("run-1", "e1"), (request.InstanceId, request.ExecutionId));
        Assert.Null(request.EntityParameters);
        Assert.Equal(
            new Dictionary<string, Value>
            {
                ["HttpDefaultAsyncRequestSleepTimeMilliseconds"] = Value.ForNumber(5000),
                ["defaultVersion"] = Value.ForString("2.0"),
            },
            request.Properties);
    }

    [Theory]
    [InlineData(false, true, 1)]
    [InlineData(true, true, 1)]
    [InlineData(true, false, 0)]
    public void A_session_gets_the_history_that_it_has_not(bool isExtended, bool includeState, int pastEvents)
    {
        P.OrchestratorRequest request = OrchestratorRequests.Create(
            s_instance, [Started()], [new TimerFiredEvent(-1)], new() { SessionIdleTimeout = TimeSpan.FromSeconds(7) }, Session(isExtended, includeState));

        Assert.Equal(pastEvents, request.PastEvents.Count);
        Assert.Single(request.NewEvents);
        Assert.Equal(isExtended, request.Properties["IsExtendedSession"].BoolValue);
        Assert.Equal(includeState, request.Properties["IncludeState"].BoolValue);
        Assert.Equal(7, request.Properties["ExtendedSessionIdleTimeoutInSeconds"].NumberValue);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void A_restart_names_its_source_wherever_its_start_lies(bool includeState)
    {
        ExecutionStartedEvent started = Started();
        started.Tags = new Dictionary<string, string> { [OrchestratorRequests.SourceInstanceTag] = "run-0" };

        P.OrchestratorRequest request = OrchestratorRequests.Create(s_instance, [started], [], new(), Session(true, includeState));

        Assert.Equal("run-0", request.Properties["sourceInstanceId"].StringValue);
    }

    [Fact]
    public void A_child_of_a_restart_names_no_source()
    {
        ExecutionStartedEvent started = Started();
        started.ParentInstance = new ParentInstance { OrchestrationInstance = s_instance };
        started.Tags = new Dictionary<string, string> { [OrchestratorRequests.SourceInstanceTag] = "run-0" };

        Assert.DoesNotContain("sourceInstanceId", OrchestratorRequests.Create(s_instance, [], [started], new(), null).Properties.Keys);
    }

    private static ExecutionStartedEvent Started() => new(-1, "null")
    {
        Name = "Run",
        OrchestrationInstance = s_instance,
        Timestamp = new DateTime(2026, 1, 2, 3, 4, 5, DateTimeKind.Utc),
    };

    private static WorkItemMetadata Session(bool isExtended, bool includeState) => (WorkItemMetadata)Activator.CreateInstance(
        typeof(WorkItemMetadata), BindingFlags.Instance | BindingFlags.NonPublic, null, [isExtended, includeState], null)!;

    private static P.OrchestratorResponse Run(P.OrchestratorRequest request, Func<TaskOrchestrationContext, Task> orchestrator)
    {
        foreach (P.HistoryEvent started in request.PastEvents.Concat(request.NewEvents).Where(e => e.OrchestratorStarted is not null))
        {
            started.Timestamp = new DateTime(2026, 1, 2, 3, 4, 5, DateTimeKind.Utc).ToProto();
        }

        var answer = GrpcOrchestrationRunner.LoadAndRun<object, object?>(request.ToBase64(), async (context, _) =>
        {
            await orchestrator(context);
            return null;
        });
        return Base64Message.FromBase64<P.OrchestratorResponse>(answer);
    }
}
