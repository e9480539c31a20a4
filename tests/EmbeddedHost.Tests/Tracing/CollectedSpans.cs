using System.Collections.Concurrent;
using System.Diagnostics;
using EmbeddedHost.Tracing;

namespace EmbeddedHost.Tests.Tracing;

/// <summary>The engine's ended spans of one trace. Listeners are the process's, so that those of other tests come along and are left out.</summary>
internal sealed class CollectedSpans : IDisposable
{
    private readonly ConcurrentQueue<Activity> _ended = new();
    private readonly ActivityListener _listener;
    private readonly Activity _root;

    public CollectedSpans()
    {
        _listener = new ActivityListener
        {
            ShouldListenTo = source => source.Name == DurableTracing.SourceName,
            Sample = (ref ActivityCreationOptions<ActivityContext> _) => ActivitySamplingResult.AllDataAndRecorded,
            ActivityStopped = _ended.Enqueue,
        };
        ActivitySource.AddActivityListener(_listener);
        _root = new Activity("test").Start();
        _root.ActivityTraceFlags = ActivityTraceFlags.Recorded;
    }

    public ActivitySpanId Root => _root.SpanId;

    public IReadOnlyList<Activity> Ended => [.. _ended.Where(span => span.TraceId == _root.TraceId)];

    public Activity Single(string name) => Assert.Single(Ended, span => span.OperationName == name);

    /// <summary>The tree from the test's own span down, each name under that of its parent.</summary>
    public IReadOnlyList<string> Tree()
    {
        var names = Ended.ToDictionary(span => span.SpanId, span => span.OperationName);
        return [.. Ended.Select(span => $"{(span.ParentSpanId == Root ? "test" : names.GetValueOrDefault(span.ParentSpanId, "?"))} > {span.OperationName}").Order(StringComparer.Ordinal)];
    }

    public void Dispose()
    {
        _root.Dispose();
        _listener.Dispose();
    }
}
