using System.Diagnostics;
using DurableTask.Core;

namespace DurableTask.Sqlite.Tests;

/// <summary>How fast it is, on request only: nothing is asserted.</summary>
public sealed class Speed(ITestOutputHelper output)
{
    [Theory(Explicit = true)]
    [InlineData(1_000)]
    [InlineData(10_000)]
    public async Task Of_activities_side_by_side(int count)
    {
        await using var hub = Create();
        await hub.Orchestration("FanOut", async (context, _) => (await Task.WhenAll(Enumerable.Range(0, count).Select(i => context.CallAsync<int>("Same", i)))).Length).StartAsync();
        await MeasureAsync(hub, "FanOut", count);
    }

    [Theory(Explicit = true)]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Of_activities_one_after_another(bool extendedSessions)
    {
        await using var hub = new Hub { ExtendedSessions = extendedSessions }.Activity("Same", input => input);
        await hub.Orchestration("Chain", async (context, _) =>
        {
            for (var i = 0; i < 1000; i++)
            {
                await context.CallAsync<int>("Same", i);
            }

            return 1000;
        }).StartAsync();
        await MeasureAsync(hub, "Chain", 1000);
    }

    [Fact(Explicit = true)]
    public async Task Of_sub_orchestrations()
    {
        await using var hub = Create();
        await hub
            .Orchestration("Child", async (context, input) => await context.CallAsync<int>("Same", 1))
            .Orchestration("Parent", async (context, _) => (await Task.WhenAll(Enumerable.Range(0, 1000).Select(i => context.Core.CreateSubOrchestrationInstance<int>("Child", "", i)))).Length)
            .StartAsync();
        await MeasureAsync(hub, "Parent", 1000);
    }

    [Fact(Explicit = true)]
    public async Task Of_finding_among_many()
    {
        await using var hub = Create();
        await hub.Orchestration("Part", (_, input) => Task.FromResult<object?>(input)).Orchestration("Run", (_, input) => Task.FromResult<object?>(input)).StartAsync();
        await Parallel.ForEachAsync(Enumerable.Range(0, 40_000), async (number, _) => await hub.CreateAsync(number % 4 == 0 ? "Run" : "Part", new string('x', 300), $"r-{number}"));
        await Hub.UntilAsync(async () => (await hub.Service.FindInstancesAsync(new InstanceFilter { Statuses = [OrchestrationStatus.Completed], Take = 0 }, Hub.Cancellation)).Total == 40_000);
        foreach (var filter in (InstanceFilter[])[new() { Name = "Run" }, new() { Name = "Run", IdContains = "99", Order = InstanceOrder.Duration }, new() { Name = "Run", Skip = 9000 }])
        {
            var watch = Stopwatch.StartNew();
            var page = await hub.Service.FindInstancesAsync(filter, Hub.Cancellation);
            output.WriteLine($"{filter.Order} {filter.IdContains} {filter.Skip}: {watch.ElapsedMilliseconds} ms of {page.Total}");
        }

        var opening = Stopwatch.StartNew();
        await hub.ReopenAsync();
        await hub.Service.OpenAsync();
        output.WriteLine($"closed and opened in {opening.ElapsedMilliseconds} ms, {new FileInfo(hub.Database).Length / 1_000_000} MB");
    }

    private static Hub Create() => new Hub().Activity("Same", input => input);

    private async Task MeasureAsync(Hub hub, string name, int count)
    {
        await hub.RunAsync(name, 0, "warm");
        var best = TimeSpan.MaxValue;
        for (var i = 0; i < 3; i++)
        {
            var watch = Stopwatch.StartNew();
            var end = await hub.RunAsync(name, 0, $"run-{i}");
            watch.Stop();
            Assert.Equal(OrchestrationStatus.Completed, end.OrchestrationStatus);
            best = watch.Elapsed < best ? watch.Elapsed : best;
        }

        output.WriteLine($"{name} {count}: {best.TotalMilliseconds:0} ms, {count / best.TotalSeconds:0}/s, memory {GC.GetTotalMemory(true) / 1_000_000} MB");
    }
}
