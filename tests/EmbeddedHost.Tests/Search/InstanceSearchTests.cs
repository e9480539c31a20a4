using EmbeddedHost.Search;
using EmbeddedHost.Store;
using EmbeddedHost.Tests.Engine;
using Microsoft.DurableTask.Client;
using Microsoft.DurableTask.Converters;
using Microsoft.Extensions.Time.Testing;

namespace EmbeddedHost.Tests.Search;

public sealed class InstanceSearchTests : IAsyncLifetime
{
    private static readonly DateTimeOffset s_start = new(2026, 3, 1, 6, 0, 0, TimeSpan.Zero);

    public static TheoryData<InstanceOrder, bool> Orders { get; } = [.. Enum.GetValues<InstanceOrder>().SelectMany(order => new (InstanceOrder, bool)[] { (order, true), (order, false) })];

    private readonly FakeTimeProvider _clock = new(s_start);
    private EngineHarness _harness = null!;

    // Created an hour apart: c-0, b-1, a-2, c-3, …; every third fails, and one named otherwise lies between.
    public async ValueTask InitializeAsync()
    {
        _harness = new EngineHarness(_clock)
            .Orchestrator("Run", context => context.GetInput<int>() % 3 == 2 ? Task.FromException<int>(new InvalidOperationException("third")) : Task.FromResult(context.GetInput<int>()))
            .Orchestrator("Other", _ => Task.FromResult(0))
            .Start();
        for (var number = 0; number < 11; number++)
        {
            await _harness.RunAsync("Run", number, $"{"cba"[number % 3]}-{number}");
            await _harness.RunAsync("Other", number, $"other-{number}");
            _clock.Advance(TimeSpan.FromHours(1));
        }
    }

    public ValueTask DisposeAsync() => _harness.DisposeAsync();

    [Fact]
    public void It_finds_those_of_a_name_the_newest_first_with_inputs_and_outputs_and_counts_them_all()
    {
        var page = Find(new InstanceFilter { Name = "run", Take = 3 });

        Assert.Equal(["b-10", "c-9", "a-8"], page.Instances.Select(instance => instance.InstanceId));
        Assert.Equal(11, page.Total);
        Assert.Equal((10, 10), (page.Instances[0].ReadInputAs<int>(), page.Instances[0].ReadOutputAs<int>()));
        Assert.Equal("third", page.Instances[2].FailureDetails!.ErrorMessage);
    }

    [Fact]
    public void Status_part_of_the_id_and_time_narrow_it_together()
    {
        Assert.Equal(["a-8", "a-5", "a-2"], Ids(new InstanceFilter { Name = "Run", Statuses = [OrchestrationRuntimeStatus.Failed] }));
        Assert.Equal(["b-10", "b-1"], Ids(new InstanceFilter { Name = "Run", IdContains = "B-1" }));
        Assert.Equal(["c-3", "a-2"], Ids(new InstanceFilter { Name = "Run", CreatedFrom = s_start.AddHours(2), CreatedBefore = s_start.AddHours(4) }));
        Assert.Equal(["a-2"], Ids(new InstanceFilter
        {
            Name = "Run",
            IdContains = "-",
            Statuses = [OrchestrationRuntimeStatus.Failed, OrchestrationRuntimeStatus.Terminated],
            CreatedBefore = s_start.AddHours(4),
        }));
        Assert.Empty(Ids(new InstanceFilter { Name = "Run", IdContains = "%" }));
        Assert.Empty(Ids(new InstanceFilter { Name = "Nobody" }));
    }

    [Theory]
    [MemberData(nameof(Orders))]
    public void The_pages_of_any_order_together_are_all_of_it_in_that_order(InstanceOrder order, bool descending)
    {
        InstanceFilter filter = new() { Name = "Run", Order = order, Descending = descending, Take = 4 };

        var pages = Enumerable.Range(0, 4).SelectMany(page => Ids(filter with { Skip = page * 4 })).ToList();

        Assert.Equal(11, pages.Distinct().Count());
        Assert.Equal(Ids(filter with { Take = 100 }), pages);
        Assert.Equal(Enumerable.Reverse(pages), Ids(filter with { Take = 100, Descending = !descending }));
        if (order is InstanceOrder.InstanceId && !descending)
        {
            Assert.Equal(pages.Order(StringComparer.Ordinal), pages);
        }
    }

    [Fact]
    public async Task Duration_is_from_creation_to_the_last_step()
    {
        var clock = new FakeTimeProvider(s_start);
        await using var harness = new EngineHarness(clock).Orchestrator("Run", async context =>
        {
            await context.CreateTimer(TimeSpan.FromMinutes(context.GetInput<int>()), CancellationToken.None);
            return 0;
        }).Start();
        foreach (var minutes in (int[])[5, 1, 9])
        {
            var id = await harness.Client.ScheduleNewOrchestrationInstanceAsync("Run", minutes, new Microsoft.DurableTask.StartOrchestrationOptions($"m{minutes}"), EngineHarness.Cancellation);
            await harness.EndOfAsync(id, clock, TimeSpan.FromMinutes(1));
        }

        var found = new InstanceQueries(harness.Store, JsonDataConverter.Default).Find(new InstanceFilter { Name = "Run", Order = InstanceOrder.Duration });

        Assert.Equal(["m9", "m5", "m1"], found.Instances.Select(instance => instance.InstanceId));
    }

    [Fact]
    public void A_page_before_the_first_or_of_less_than_nothing_is_refused()
    {
        Assert.Throws<ArgumentOutOfRangeException>(() => Find(new InstanceFilter { Name = "Run", Skip = -1 }));
        Assert.Throws<ArgumentOutOfRangeException>(() => Find(new InstanceFilter { Name = "Run", Take = -1 }));
    }

    private InstancePage Find(InstanceFilter filter) => new InstanceQueries(_harness.Store, JsonDataConverter.Default).Find(filter);

    private List<string> Ids(InstanceFilter filter) => [.. Find(filter).Instances.Select(instance => instance.InstanceId)];
}
