using System.Diagnostics;
using EmbeddedHost.Engine;
using EmbeddedHost.Engine.History;
using EmbeddedHost.Store;
using EmbeddedHost.Tests.Engine;
using Microsoft.Data.Sqlite;
using Microsoft.DurableTask;
using Microsoft.DurableTask.Client;

namespace EmbeddedHost.Tests.Tracing;

public sealed class DurableTracingTests
{
    private static readonly string[] s_tree =
    [
        "create_orchestration:Parent@(1.0) > orchestration:Parent@(1.0)",
        "orchestration:Child@(1.0) > activity:Work@(1.0)",
        "orchestration:Parent@(1.0) > activity:Work@(1.0)",
        "orchestration:Parent@(1.0) > activity:Work@(1.0)",
        "orchestration:Parent@(1.0) > orchestration:Child@(1.0)",
        "orchestration:Parent@(1.0) > orchestration:Parent@(1.0):timer",
        "test > create_orchestration:Parent@(1.0)",
    ];

    [Theory]
    [InlineData(1000)]
    [InlineData(0)] // Every step is replayed.
    public async Task An_orchestration_is_one_trace_of_what_it_did_whether_it_is_replayed_or_not(int cachedSessions)
    {
        using CollectedSpans spans = new();
        await using var harness = Code(new EngineHarness(cachedSessions: cachedSessions), _ => Task.FromResult(1)).Start();

        await harness.RunAsync("Parent", instanceId: "parent");

        Assert.Equal(s_tree, spans.Tree());
        var parent = spans.Single("orchestration:Parent@(1.0)");
        Assert.Equal(ActivityKind.Server, parent.Kind);
        Assert.Equal("parent", parent.GetTagItem("durabletask.task.instance_id"));
        Assert.Equal("orchestration", parent.GetTagItem("durabletask.type"));
        Assert.Equal("Parent", parent.GetTagItem("durabletask.task.name"));
        Assert.Equal("Completed", parent.GetTagItem("durabletask.task.status"));
        Assert.All(spans.Ended.Where(span => span.ParentSpanId == parent.SpanId), span => Assert.InRange(span.StartTimeUtc, parent.StartTimeUtc, parent.StartTimeUtc + parent.Duration));
        Assert.Equal([0, 2], spans.Ended.Where(span => span.ParentSpanId == parent.SpanId && span.OperationName.StartsWith("activity:", StringComparison.Ordinal)).Select(span => span.GetTagItem("durabletask.task.task_id")));
    }

    [Fact]
    public async Task A_trace_goes_on_in_the_process_that_goes_on_with_its_orchestration()
    {
        using CollectedSpans spans = new();
        TaskCompletionSource<int> never = new();
        await using var harness = Code(new EngineHarness(), input => input == 2 ? never.Task : Task.FromResult(1)).Start();
        await harness.Client.ScheduleNewOrchestrationInstanceAsync("Parent", new StartOrchestrationOptions("parent"), EngineHarness.Cancellation);
        await harness.UntilHistoryAsync("parent", history => history.OfType<TaskScheduled>().Count() == 2);

        await harness.KillAsync();
        await harness.RestartAsync(changed => Code(changed, _ => Task.FromResult(1)));
        await harness.EndOfAsync("parent");

        Assert.Equal(s_tree, spans.Tree());
        never.SetCanceled(TestContext.Current.CancellationToken);
    }

    [Fact]
    public async Task A_failure_is_on_the_spans_of_the_activity_and_of_the_orchestration()
    {
        using CollectedSpans spans = new();
        await using var harness = Code(new EngineHarness(), _ => throw new TimeZoneNotFoundException("Nowhere.")).Start();

        await harness.RunAsync("Parent", instanceId: "failing");

        var activity = spans.Single("activity:Work@(1.0)");
        Assert.Equal((ActivityStatusCode.Error, "Nowhere."), (activity.Status, activity.StatusDescription));
        Assert.Equal("System.TimeZoneNotFoundException", activity.GetTagItem("error.type"));
        var orchestration = spans.Single("orchestration:Parent@(1.0)");
        Assert.Equal(ActivityStatusCode.Error, orchestration.Status);
        Assert.Equal("Failed", orchestration.GetTagItem("durabletask.task.status"));
    }

    [Fact]
    public async Task An_execution_that_begins_anew_has_a_span_of_its_own_in_the_same_trace()
    {
        using CollectedSpans spans = new();
        await using var harness = new EngineHarness().Orchestrator("Anew", context =>
        {
            if (context.GetInput<int>() < 2)
            {
                context.ContinueAsNew(context.GetInput<int>() + 1);
            }

            return Task.FromResult(0);
        }).Start();

        await harness.RunAsync("Anew", 0, "anew");

        var executions = spans.Ended.Where(span => span.OperationName == "orchestration:Anew@(1.0)").ToList();
        Assert.Equal(["ContinuedAsNew", "ContinuedAsNew", "Completed"], executions.Select(span => span.GetTagItem("durabletask.task.status")));
        Assert.Equal(3, executions.Select(span => span.SpanId).Distinct().Count());
    }

    [Fact]
    public async Task An_instance_that_was_started_while_nobody_listened_has_no_spans()
    {
        using CollectedSpans spans = new();
        await using var harness = Code(new EngineHarness(), _ => Task.FromResult(1));
        await harness.Store.WriteAsync(writer => writer.AddInstance(Untraced(), TimeProvider.System.GetUtcNow().UtcDateTime));

        harness.Start();
        await harness.EndOfAsync("untraced");

        Assert.Empty(spans.Ended);
    }

    [Fact]
    public async Task A_store_from_before_tracing_is_opened_and_its_instances_go_on()
    {
        using TemporaryFolder folder = new();
        var path = Path.Combine(folder.Path, "history.db");
        using (var store = HistoryStore.Open(path))
        {
            await store.WriteAsync(writer => writer.AddInstance(Untraced(), TimeProvider.System.GetUtcNow().UtcDateTime));
        }

        using (SqliteConnection connection = new($"Data Source={path};Pooling=False"))
        {
            connection.Open();
            using var command = connection.CreateCommand();
            command.CommandText = "ALTER TABLE instances DROP COLUMN trace_parent; ALTER TABLE instances DROP COLUMN trace_state; PRAGMA user_version = 4";
            command.ExecuteNonQuery();
        }

        using var opened = HistoryStore.Open(path);
        var instance = Assert.Single(opened.ReadLiveInstances()).Instance;

        Assert.Equal("untraced", instance.InstanceId);
        Assert.Null(instance.Trace);
    }

    private static OrchestrationInstance Untraced() => new("untraced", "execution", "Parent", "1.0", null, null, null, null);

    private static EngineHarness Code(EngineHarness harness, Func<int, Task<int>> work) => harness
        .Orchestrator("Parent", async context =>
        {
            await context.CallActivityAsync<int>("Work", 1);
            await context.CreateTimer(TimeSpan.FromMilliseconds(1), CancellationToken.None);
            await context.CallActivityAsync<int>("Work", 2);
            return await context.CallSubOrchestratorAsync<int>("Child", options: new SubOrchestrationOptions(instanceId: context.InstanceId + ":child"));
        })
        .Orchestrator("Child", context => context.CallActivityAsync<int>("Work", 3))
        .Activity<int, int>("Work", work);
}
