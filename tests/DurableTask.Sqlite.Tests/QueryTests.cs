using DurableTask.Core;
using DurableTask.Core.History;
using DurableTask.Core.Query;

namespace DurableTask.Sqlite.Tests;

public sealed class QueryTests : IAsyncLifetime
{
    private static readonly DateTime s_start = new(2026, 3, 1, 6, 0, 0, DateTimeKind.Utc);

    private readonly Hub _hub = new();

    public static TheoryData<InstanceOrder, bool> Orders { get; } =
        [.. Enum.GetValues<InstanceOrder>().SelectMany(order => new (InstanceOrder, bool)[] { (order, true), (order, false) })];

    // Created an hour apart: c-0, b-1, a-2, c-3, …; every third fails, and one named otherwise lies between.
    public async ValueTask InitializeAsync()
    {
        await _hub
            .Orchestration("Run", (_, input) =>
                int.Parse(input) % 3 == 2 ? throw new InvalidOperationException("third") : Task.FromResult<object?>(int.Parse(input)))
            .Orchestration("Other", (_, _) => Task.FromResult<object?>(0))
            .StartAsync();
        for (var number = 0; number < 11; number++)
        {
            await CreateAsync("Run", $"{"cba"[number % 3]}-{number}", number, s_start.AddHours(number));
            await CreateAsync("Other", $"other-{number}", number, s_start.AddHours(number));
        }

        foreach (var state in await ListAsync(new OrchestrationQuery { PageSize = 1000 }))
        {
            await _hub.EndOfAsync(state);
        }
    }

    public ValueTask DisposeAsync() => _hub.DisposeAsync();

    [Fact]
    public async Task Every_filter_of_a_query_narrows_it()
    {
        Assert.Equal(22, (await ListAsync(new OrchestrationQuery())).Count);
        Assert.Equal(["a-2", "a-5", "a-8"], await ListAsync(new OrchestrationQuery { RuntimeStatus = [OrchestrationStatus.Failed] }));
        Assert.Equal(["b-1", "b-10"], await ListAsync(new OrchestrationQuery { InstanceIdPrefix = "b-1" }));
        Assert.Equal(
            ["a-2", "c-3", "other-2", "other-3"],
            await ListAsync(new OrchestrationQuery { CreatedTimeFrom = s_start.AddHours(2), CreatedTimeTo = s_start.AddHours(3) }));
        Assert.Equal(["a-5"], await ListAsync(new OrchestrationQuery
        {
            CreatedTimeFrom = s_start.AddHours(3),
            CreatedTimeTo = s_start.AddHours(6),
            InstanceIdPrefix = "a",
            RuntimeStatus = [OrchestrationStatus.Failed],
            TaskHubNames = ["any"],
            ExcludeEntities = true,
        }));
        Assert.Empty(await ListAsync(new OrchestrationQuery { InstanceIdPrefix = "%" }));
    }

    [Fact]
    public async Task Inputs_and_outputs_are_read_only_if_asked_for()
    {
        OrchestrationQuery query = new() { InstanceIdPrefix = "a-2" };
        OrchestrationQuery bare = new() { InstanceIdPrefix = "a-2", FetchInputsAndOutputs = false };
        var with = (await _hub.Service.GetOrchestrationWithQueryAsync(query, Hub.Cancellation)).OrchestrationState.Single();
        var without = (await _hub.Service.GetOrchestrationWithQueryAsync(bare, Hub.Cancellation)).OrchestrationState.Single();

        Assert.Equal(("2", "third"), (with.Input, with.FailureDetails.ErrorMessage));
        Assert.Equal((null, null, null), (without.Input, without.Output, without.FailureDetails));
    }

    [Fact]
    public async Task Pages_are_stable_while_instances_are_created()
    {
        List<string> found = [];
        OrchestrationQuery query = new() { PageSize = 3 };
        do
        {
            var page = await _hub.Service.GetOrchestrationWithQueryAsync(query, Hub.Cancellation);
            Assert.InRange(page.OrchestrationState.Count, 1, 3);
            found.AddRange(page.OrchestrationState.Select(state => state.OrchestrationInstance.InstanceId));
            query.ContinuationToken = page.ContinuationToken;
            await CreateAsync("Other", $"a-0-new-{found.Count}", 0, s_start);
        }
        while (query.ContinuationToken is not null);

        Assert.Equal(found.Distinct().Order(StringComparer.Ordinal), found);
        Assert.Equal(22, found.Count(id => !id.Contains("new", StringComparison.Ordinal)));
    }

    [Theory]
    [InlineData("rubbish")]
    [InlineData("a-2")]
    [InlineData("YWZ0ZXI=")]
    public async Task A_token_that_is_none_is_refused(string token)
    {
        await Assert.ThrowsAsync<ArgumentException>(() => ListAsync(new OrchestrationQuery { ContinuationToken = token }));
    }

    [Fact]
    public async Task It_finds_those_of_a_name_the_newest_first_and_counts_them_all()
    {
        var page = await _hub.Service.FindInstancesAsync(new InstanceFilter { Name = "run", Take = 3 }, Hub.Cancellation);

        Assert.Equal(["b-10", "c-9", "a-8"], page.Instances.Select(state => state.OrchestrationInstance.InstanceId));
        Assert.Equal(11, page.Total);
        Assert.Equal(("10", "10"), (page.Instances[0].Input, page.Instances[0].Output));
        Assert.Equal("third", page.Instances[2].FailureDetails.ErrorMessage);
    }

    [Fact]
    public async Task Status_part_of_the_id_and_time_narrow_it_together()
    {
        Assert.Equal(["a-8", "a-5", "a-2"], await FindAsync(new InstanceFilter { Name = "Run", Statuses = [OrchestrationStatus.Failed] }));
        Assert.Equal(["b-10", "b-1"], await FindAsync(new InstanceFilter { IdContains = "B-1" }));
        Assert.Equal(
            ["c-3", "a-2"],
            await FindAsync(new InstanceFilter
            {
                Name = "Run",
                CreatedFrom = new DateTimeOffset(s_start.AddHours(2)),
                CreatedBefore = new DateTimeOffset(s_start.AddHours(4)),
            }));
        Assert.Equal(
            ["a-2"],
            await FindAsync(new InstanceFilter
            {
                Name = "Run",
                IdContains = "-",
                Statuses = [OrchestrationStatus.Failed, OrchestrationStatus.Terminated],
                CreatedBefore = new DateTimeOffset(s_start.AddHours(4)),
            }));
        Assert.Empty(await FindAsync(new InstanceFilter { IdContains = "%" }));
        Assert.Empty(await FindAsync(new InstanceFilter { Name = "Nobody" }));
    }

    [Theory]
    [MemberData(nameof(Orders))]
    public async Task The_pages_of_any_order_together_are_all_of_it_in_that_order(InstanceOrder order, bool descending)
    {
        InstanceFilter filter = new() { Name = "Run", Order = order, Descending = descending, Take = 4, FetchInputsAndOutputs = false };

        List<string> pages = [];
        for (var page = 0; page < 4; page++)
        {
            pages.AddRange(await FindAsync(filter with { Skip = page * 4 }));
        }

        Assert.Equal(11, pages.Distinct().Count());
        Assert.Equal(await FindAsync(filter with { Take = 100 }), pages);
        Assert.Equal(Enumerable.Reverse(pages), await FindAsync(filter with { Take = 100, Descending = !descending }));
    }

    [Fact]
    public async Task A_page_before_the_first_or_of_less_than_nothing_is_refused()
    {
        await Assert.ThrowsAsync<ArgumentOutOfRangeException>(() => FindAsync(new InstanceFilter { Skip = -1 }));
        await Assert.ThrowsAsync<ArgumentOutOfRangeException>(() => FindAsync(new InstanceFilter { Take = -1 }));
    }

    [Fact]
    public async Task States_and_histories_of_nobody_and_of_other_executions_are_none()
    {
        Assert.Empty(await _hub.Client.GetOrchestrationStateAsync("nobody", allExecutions: true));
        Assert.Null(await _hub.Client.GetOrchestrationStateAsync("a-2", "another"));
        Assert.Equal("[]", await _hub.Service.GetOrchestrationHistoryAsync("a-2", "another"));
        Assert.Equal("[]", await _hub.Service.GetOrchestrationHistoryAsync("nobody", null));
        Assert.Empty(await _hub.HistoryOfAsync("nobody"));
    }

    [Fact]
    public async Task A_history_as_text_tells_the_type_of_every_event()
    {
        var execution = (await _hub.StateOfAsync("a-2")).OrchestrationInstance;

        var events = Newtonsoft.Json.Linq.JArray.Parse(await _hub.Client.GetOrchestrationHistoryAsync(execution));

        Assert.Equal(
            (await _hub.HistoryOfAsync("a-2")).Select(historyEvent => (int)historyEvent.EventType),
            events.Select(historyEvent => (int)historyEvent["EventType"]!));
        Assert.DoesNotContain("$type", events.ToString(), StringComparison.Ordinal);
    }

    private async Task<List<string>> ListAsync(OrchestrationQuery query) =>
        [
            .. (await _hub.Service.GetOrchestrationWithQueryAsync(query, Hub.Cancellation)).OrchestrationState
                .Select(state => state.OrchestrationInstance.InstanceId),
        ];

    private async Task<List<string>> FindAsync(InstanceFilter filter) =>
        [.. (await _hub.Service.FindInstancesAsync(filter, Hub.Cancellation)).Instances.Select(state => state.OrchestrationInstance.InstanceId)];

    private Task CreateAsync(string name, string id, int input, DateTime created)
    {
        OrchestrationInstance instance = new() { InstanceId = id, ExecutionId = Guid.NewGuid().ToString("N") };
        return _hub.Service.CreateTaskOrchestrationAsync(new TaskMessage
        {
            OrchestrationInstance = instance,
            Event = new ExecutionStartedEvent(-1, input.ToString()) { Name = name, Version = "", OrchestrationInstance = instance, Timestamp = created },
        });
    }
}
