using System.Collections.Concurrent;
using System.Diagnostics;

namespace DurableTask.Sqlite.Tests;

public sealed class TracingTests
{
    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task An_orchestration_is_one_trace_also_across_a_restart(bool kills)
    {
        ConcurrentQueue<Activity> ended = new();
        using ActivitySource caller = new("TracingTests." + kills);
        using ActivityListener listener = new()
        {
            ShouldListenTo = source => source.Name == "DurableTask.Core" || source == caller,
            Sample = (ref ActivityCreationOptions<ActivityContext> _) => ActivitySamplingResult.AllDataAndRecorded,
            ActivityStopped = ended.Enqueue,
        };
        ActivitySource.AddActivityListener(listener);
        TaskCompletionSource<object?> first = new();
        var runs = 0;
        await using var hub = new Hub();
        await hub
            .Activity("Work", input => Interlocked.Increment(ref runs) == 1 ? first.Task : Task.FromResult<object?>(1))
            .Orchestration("Child", async (context, _) => await context.CallAsync<int>("Work"))
            .Orchestration("Traced", async (context, _) =>
                await context.CallAsync<int>("Work") + await context.Core.CreateSubOrchestrationInstance<int>("Child", "", "child", null))
            .StartAsync();
        ActivityTraceId trace;
        using (var call = caller.StartActivity("call")!)
        {
            call.TraceStateString = "state=kept";
            trace = call.TraceId;
            await hub.CreateAsync("Traced", id: "x");
        }

        await Hub.UntilAsync(() => Volatile.Read(ref runs) == 1);
        await (await (kills ? hub.KillAsync() : hub.ReopenAsync())).StartAsync();
        await hub.EndOfAsync("x");
        await hub.StopWorkerAsync();

        var spans = ended.Where(span => span.TraceId == trace).ToList();
        var orchestrations = spans.Where(span => span is { OperationName: "orchestration:Traced", Kind: ActivityKind.Server })
            .Select(span => span.SpanId).Distinct().ToList();
        Assert.Single(orchestrations);
        Assert.All(spans.Where(span => span.Kind == ActivityKind.Server), span => Assert.Equal("state=kept", span.TraceStateString));
        Assert.Contains(spans, span => span is { OperationName: "activity:Work", Kind: ActivityKind.Server });
        Assert.Contains(spans, span => span is { OperationName: "orchestration:Child", Kind: ActivityKind.Server });
        Assert.All(
            spans.Where(span => span.OperationName == "activity:Work" && span.Kind == ActivityKind.Client && span.ParentSpanId == orchestrations[0]),
            span => Assert.Equal(trace, span.TraceId));
        Assert.DoesNotContain(ended, span =>
            span.OperationName.Contains("Traced", StringComparison.Ordinal) && span.TraceId != trace && span.Tags.Any(tag => tag.Value == "x"));
    }
}
