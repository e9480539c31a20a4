using DurableTask.Core;
using DurableTask.Core.History;
using Microsoft.DurableTask;
using Microsoft.DurableTask.Client;

namespace EmbeddedHost.Tests.Contract;

/// <summary>Asking for instances, one or many, and for what happened to them.</summary>
public abstract class QueryTests(HostKind kind) : ContractTests(kind)
{
    private const string Get = "client.GetInstanceAsync(string, bool, CancellationToken)";
    private const string All = "client.GetAllInstancesAsync(OrchestrationQuery)";
    private const string Ids =
        "client.ListInstanceIdsAsync(IEnumerable<OrchestrationRuntimeStatus>, DateTimeOffset?, DateTimeOffset?, int, string, CancellationToken)";
    private const string History = "client.GetOrchestrationHistoryAsync(string, CancellationToken)";

    [Fact]
    [Covers(Get)]
    [Covers("client.GetInstanceAsync(string, CancellationToken)")]
    [Covers("client.GetInstancesAsync(string, CancellationToken)")]
    [Covers("client.GetInstancesAsync(string, bool, CancellationToken)")]
    public async Task An_instance_is_found_by_its_id_with_its_payloads_only_if_asked_for()
    {
        await using var host = await StartStandardAsync();
        await host.RunAsync("Echo", "text", "id");
        var client = host.Client;

        var full = (await client.GetInstanceAsync("id", getInputsAndOutputs: true, Cancellation))!;
        var alsoFull = (await client.GetInstancesAsync("id", getInputsAndOutputs: true, Cancellation))!;
        var bare = (await client.GetInstanceAsync("id", Cancellation))!;
        var alsoBare = (await client.GetInstancesAsync("id", Cancellation))!;

        Assert.All([full, alsoFull], instance =>
            Assert.Equal(("\"text\"", "text", "text"), (instance.SerializedInput, instance.ReadInputAs<string>(), instance.ReadOutputAs<string>())));
        Assert.All([bare, alsoBare], instance =>
            Assert.Equal((null, null, null), (instance.SerializedInput, instance.SerializedOutput, instance.SerializedCustomStatus)));
        Assert.Throws<InvalidOperationException>(bare.ReadInputAs<string>);
        Assert.Throws<InvalidOperationException>(bare.ReadOutputAs<string>);
        Assert.Throws<InvalidOperationException>(bare.ReadCustomStatusAs<string>);
        Assert.Equal(("Echo", "id", OrchestrationRuntimeStatus.Completed), (bare.Name, bare.InstanceId, bare.RuntimeStatus));
        Assert.Equal((true, false, null), (bare.IsCompleted, bare.IsRunning, bare.FailureDetails));
        Assert.StartsWith("[Name: 'Echo', ID: 'id', RuntimeStatus: Completed, CreatedAt: ", full.ToString(), StringComparison.Ordinal);
        Assert.EndsWith(", Input: '\"text\"', Output: '\"text\"']", full.ToString(), StringComparison.Ordinal);
        Assert.Equal(TimeSpan.Zero, full.CreatedAt.Offset);
        Assert.InRange(full.LastUpdatedAt, full.CreatedAt, TimeProvider.System.GetUtcNow());
    }

    [Fact]
    [Covers(Get)]
    public async Task An_unknown_id_is_nothing_and_none_or_a_cancelled_token_is_refused()
    {
        await using var host = await StartStandardAsync();

        Assert.Null(await host.Client.GetInstanceAsync("nope", getInputsAndOutputs: true, Cancellation));
        await Assert.ThrowsAnyAsync<ArgumentException>(() => host.Client.GetInstanceAsync(string.Empty, Cancellation));
        await CancelledAsync(() => host.Client.GetInstanceAsync("nope", new CancellationToken(canceled: true)));
    }

    [Fact]
    [Covers(Get)]
    public async Task A_failed_instance_says_why()
    {
        await using var host = await StartStandardAsync();
        await host.RunAsync("Fails", "bad luck", "id");

        var full = (await host.Client.GetInstanceAsync("id", getInputsAndOutputs: true, Cancellation))!;

        Assert.Equal("System.InvalidOperationException: bad luck", full.SerializedOutput);
        Assert.Equal("System.InvalidOperationException: bad luck", full.FailureDetails?.ToString());
        Assert.Contains("FailureDetails: 'System.InvalidOperationException - bad luck'", full.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    [Covers(All)]
    public async Task All_instances_come_in_order_of_id_and_each_filter_narrows_them()
    {
        await using var host = await StartStandardAsync();
        await host.RunAsync("Echo", "a", "b-done");
        await host.RunAsync("Fails", "b", "a-failed");
        await host.BeginAsync("Waits", "c", "b-live");
        await host.RunAsync("Echo", "d", "B-done");
        var middle = (await host.FindAsync("a-failed")).CreatedAt;

        Assert.Equal(["B-done", "a-failed", "b-done", "b-live"], await IdsOfAsync(host, null));
        Assert.Equal(["B-done", "a-failed", "b-done", "b-live"], await IdsOfAsync(host, new OrchestrationQuery(Statuses: [])));
        Assert.Equal(
            ["a-failed", "b-live"],
            await IdsOfAsync(host, new OrchestrationQuery(Statuses: [OrchestrationRuntimeStatus.Failed, OrchestrationRuntimeStatus.Running])));
        Assert.Empty(await IdsOfAsync(host, new OrchestrationQuery(Statuses: [OrchestrationRuntimeStatus.Suspended])));
        Assert.Equal(["b-done", "b-live"], await IdsOfAsync(host, new OrchestrationQuery(InstanceIdPrefix: "b-")));
        Assert.Empty(await IdsOfAsync(host, new OrchestrationQuery(InstanceIdPrefix: "_")));
        Assert.Equal(["B-done", "a-failed", "b-live"], await IdsOfAsync(host, new OrchestrationQuery(CreatedFrom: middle)));
        Assert.Equal(["a-failed", "b-done"], await IdsOfAsync(host, new OrchestrationQuery(CreatedTo: middle)));
        Assert.Equal(["a-failed"], await IdsOfAsync(host, new OrchestrationQuery(CreatedFrom: middle.ToOffset(TimeSpan.FromHours(5)), CreatedTo: middle)));
        Assert.Equal(
            ["b-done"],
            await IdsOfAsync(host, new OrchestrationQuery(CreatedTo: middle, Statuses: [OrchestrationRuntimeStatus.Completed], InstanceIdPrefix: "b")));
    }

    [Fact]
    [Covers(All)]
    public async Task Payloads_come_along_only_if_asked_for()
    {
        await using var host = await StartStandardAsync();
        await host.RunAsync("Echo", "text", "id");

        var bare = await SingleAsync(host, new OrchestrationQuery());
        var full = await SingleAsync(host, new OrchestrationQuery(FetchInputsAndOutputs: true));

        Assert.Equal((null, "text"), (bare.SerializedInput, full.ReadInputAs<string>()));
        Assert.Equal("text", full.ReadOutputAs<string>());
        Assert.Throws<InvalidOperationException>(bare.ReadInputAs<string>);

        async Task<OrchestrationMetadata> SingleAsync(ContractHost host, OrchestrationQuery query) =>
            Assert.Single(await host.Client.GetAllInstancesAsync(query).ToListAsync(Cancellation));
    }

    [Fact]
    [Covers(All)]
    public async Task Pages_are_as_large_as_asked_for_and_can_be_taken_up_by_their_token()
    {
        await using var host = await StartStandardAsync();
        await Task.WhenAll(Enumerable.Range(0, 5).Select(number => host.RunAsync("Echo", instanceId: $"i{number}")));
        var all = host.Client.GetAllInstancesAsync(new OrchestrationQuery(PageSize: 2));

        var pages = await all.AsPages().ToListAsync(Cancellation);
        var hinted = await all.AsPages(pageSizeHint: 4).ToListAsync(Cancellation);
        var rest = await all.AsPages(pages[0].ContinuationToken).ToListAsync(Cancellation);
        var byQuery = await IdsOfAsync(host, new OrchestrationQuery(PageSize: 2, ContinuationToken: pages[1].ContinuationToken));

        Assert.Equal(["i0 i1", "i2 i3", "i4"], pages.Select(TextOf));
        Assert.Equal(["i0 i1 i2 i3", "i4"], hinted.Select(TextOf));
        Assert.Equal(["i2 i3", "i4"], rest.Select(TextOf));
        Assert.Equal(["i4"], byQuery);
        Assert.NotNull(pages[1].ContinuationToken);
        Assert.Null(pages[2].ContinuationToken);

        static string TextOf(Page<OrchestrationMetadata> page) => string.Join(' ', page.Values.Select(instance => instance.InstanceId));
    }

    [Fact]
    [Covers(All)]
    public async Task A_listing_can_be_cancelled()
    {
        await using var host = await StartStandardAsync();
        await host.RunAsync("Echo");
        CancellationToken cancelled = new(canceled: true);

        await CancelledAsync(() => host.Client.GetAllInstancesAsync().ToListAsync(cancelled).AsTask());
    }

    [Fact]
    [Covers(Ids)]
    public async Task Ids_are_listed_by_status_and_by_the_time_of_the_end()
    {
        await using var host = await StartStandardAsync();
        await host.BeginAsync("Waits", instanceId: "live");
        await host.RunAsync("Echo", instanceId: "b");
        await host.RunAsync("Fails", instanceId: "a");
        await host.RunAsync("Echo", instanceId: "c");
        var ended = new DateTimeOffset(
            (await host.Client.GetOrchestrationHistoryAsync("a", Cancellation)).OfType<ExecutionCompletedEvent>().Single().Timestamp);
        var client = host.Client;

        Assert.Equal(["a", "b", "c", "live"], (await client.ListInstanceIdsAsync(cancellation: Cancellation)).Values);
        Assert.Equal(
            ["a", "live"],
            (await client.ListInstanceIdsAsync([OrchestrationRuntimeStatus.Failed, OrchestrationRuntimeStatus.Running], cancellation: Cancellation)).Values);
        Assert.Equal(["a", "c"], (await client.ListInstanceIdsAsync(completedTimeFrom: ended, cancellation: Cancellation)).Values);
        Assert.Equal(["a", "b"], (await client.ListInstanceIdsAsync(completedTimeTo: ended, cancellation: Cancellation)).Values);
        Assert.Equal(["b"], (await client.ListInstanceIdsAsync([OrchestrationRuntimeStatus.Completed], null, ended, cancellation: Cancellation)).Values);
    }

    [Fact]
    [Covers(Ids)]
    public async Task Ids_come_in_pages()
    {
        await using var host = await StartStandardAsync();
        await Task.WhenAll(Enumerable.Range(0, 5).Select(number => host.RunAsync("Echo", instanceId: $"i{number}")));
        var client = host.Client;

        var first = await client.ListInstanceIdsAsync(pageSize: 3, cancellation: Cancellation);
        var last = await client.ListInstanceIdsAsync(pageSize: 3, lastInstanceKey: first.ContinuationToken, cancellation: Cancellation);

        Assert.Equal(["i0", "i1", "i2"], first.Values);
        Assert.Equal(["i3", "i4"], last.Values);
        Assert.Null(last.ContinuationToken);
        await CancelledAsync(() => client.ListInstanceIdsAsync(cancellation: new CancellationToken(canceled: true)));
    }

    [Fact]
    [Covers(History)]
    public async Task A_history_tells_what_happened_in_order()
    {
        await using var host = await StartStandardAsync(tasks => tasks
            .AddActivityFunc<int, int>("Double", (_, number) => number * 2)
            .AddActivityFunc<string?, int>("Boom", int (_, _) => throw new IOException("boom"))
            .AddOrchestratorFunc<int, int>("All", async (context, number) =>
            {
                var doubled = await context.CallActivityAsync<int>("Double", number);
                await context.CreateTimer(TimeSpan.FromMilliseconds(1), CancellationToken.None);
                await context.CallSubOrchestratorAsync("Echo", "child", new SubOrchestrationOptions(instanceId: "child"));
                context.SendEvent(context.InstanceId, "e", "payload");
                await context.WaitForExternalEvent<string>("e");
                try
                {
                    await context.CallActivityAsync("Boom");
                }
                catch (TaskFailedException)
                {
                    doubled++;
                }

                return doubled;
            }));
        await host.RunAsync("All", 4, "all");

        var history = await host.Client.GetOrchestrationHistoryAsync("all", Cancellation);
        var child = await host.Client.GetOrchestrationHistoryAsync("child", Cancellation);

        Assert.Equal(
            [
                EventType.ExecutionStarted, EventType.TaskScheduled, EventType.TaskCompleted, EventType.TimerCreated, EventType.TimerFired,
                EventType.SubOrchestrationInstanceCreated, EventType.SubOrchestrationInstanceCompleted, EventType.EventSent, EventType.EventRaised,
                EventType.TaskScheduled, EventType.TaskFailed, EventType.ExecutionCompleted,
            ],
            history.Select(happened => happened.EventType).Where(type => type is not (EventType.OrchestratorStarted or EventType.OrchestratorCompleted)));
        Assert.Equal((EventType.OrchestratorStarted, EventType.OrchestratorCompleted), (history[0].EventType, history[^1].EventType));
        var steps = history.OfType<OrchestratorStartedEvent>().Select(step => step.Timestamp).ToList();
        Assert.Equal(steps.Order(), steps);
        var asked = history.OfType<TaskScheduledEvent>().First();
        Assert.Equal((0, "Double"), (asked.EventId, asked.Name));
        Assert.Contains("4", asked.Input, StringComparison.Ordinal);
        Assert.Equal((0, "8"), (history.OfType<TaskCompletedEvent>().Single().TaskScheduledId, history.OfType<TaskCompletedEvent>().Single().Result));
        Assert.Equal(history.OfType<TimerCreatedEvent>().Single().FireAt, history.OfType<TimerFiredEvent>().Single().FireAt);
        Assert.Equal("boom", history.OfType<TaskFailedEvent>().Single().FailureDetails!.ErrorMessage);
        Assert.Equal(("e", "\"payload\""), (history.OfType<EventRaisedEvent>().Single().Name, history.OfType<EventRaisedEvent>().Single().Input));
        Assert.Equal(
            (OrchestrationStatus.Completed, "9"),
            (history.OfType<ExecutionCompletedEvent>().Single().OrchestrationStatus, history.OfType<ExecutionCompletedEvent>().Single().Result));
        var began = child.OfType<ExecutionStartedEvent>().Single();
        Assert.Equal(
            ("Echo", "\"child\"", "All", "all"), (began.Name, began.Input, began.ParentInstance!.Name, began.ParentInstance.OrchestrationInstance!.InstanceId));
    }

    [Fact]
    [Covers(History)]
    public async Task A_history_tells_how_an_instance_was_steered()
    {
        await using var host = await StartStandardAsync();
        await host.BeginAsync("Waits", instanceId: "id");
        await host.Client.SuspendInstanceAsync("id", "lunch", Cancellation);
        await host.UntilStatusAsync("id", OrchestrationRuntimeStatus.Suspended);
        await host.Client.ResumeInstanceAsync("id", "back", Cancellation);
        await host.UntilStatusAsync("id", OrchestrationRuntimeStatus.Running);
        await host.Client.TerminateInstanceAsync("id", "enough", Cancellation);
        await host.EndOfAsync("id");

        var history = await host.Client.GetOrchestrationHistoryAsync("id", Cancellation);

        Assert.Equal("lunch", history.OfType<ExecutionSuspendedEvent>().Single().Reason);
        Assert.Equal("back", history.OfType<ExecutionResumedEvent>().Single().Reason);
        Assert.Equal("\"enough\"", history.OfType<ExecutionTerminatedEvent>().Single().Input);
        Assert.Equal(OrchestrationStatus.Terminated, history.OfType<ExecutionCompletedEvent>().Single().OrchestrationStatus);
    }

    [Fact]
    [Covers(History)]
    public async Task A_history_of_an_unknown_id_is_refused()
    {
        await using var host = await StartStandardAsync();

        var unknown = await Assert.ThrowsAsync<ArgumentException>(() => host.Client.GetOrchestrationHistoryAsync("nope", Cancellation));

        Assert.Contains("nope", unknown.Message, StringComparison.Ordinal);
        await Assert.ThrowsAnyAsync<ArgumentException>(() => host.Client.GetOrchestrationHistoryAsync(string.Empty, Cancellation));
        await CancelledAsync(() => host.Client.GetOrchestrationHistoryAsync("nope", new CancellationToken(canceled: true)));
    }

    private async Task<IReadOnlyList<string>> IdsOfAsync(ContractHost host, OrchestrationQuery? query) =>
        await host.Client.GetAllInstancesAsync(query).Select(instance => instance.InstanceId).ToListAsync(Cancellation);
}

public sealed class QueryTestsInSessions() : QueryTests(HostKind.Sessions);

public sealed class QueryTestsReplayed() : QueryTests(HostKind.Replay);
