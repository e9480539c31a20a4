using System.Collections.Concurrent;
using System.Diagnostics;

namespace EmbeddedHost.Tests.Tracing;

/// <summary>
/// The ended spans of one trace, as an app's exporter is given them. Listeners are the process's, so that those of other tests come along and
/// are left out.
/// </summary>
internal sealed class CollectedSpans : IDisposable
{
    private static readonly string[] s_sources = ["DurableTask.Core", "Microsoft.DurableTask", "Microsoft.Azure.Functions.Worker", "Microsoft.AspNetCore"];

    private readonly ConcurrentQueue<Activity> _ended = new();
    private readonly ActivityListener _listener;
    private readonly Activity _root;

    public CollectedSpans()
    {
        _listener = new ActivityListener
        {
            ShouldListenTo = source => s_sources.Contains(source.Name),
            Sample = (ref ActivityCreationOptions<ActivityContext> _) => ActivitySamplingResult.AllDataAndRecorded,
            ActivityStopped = _ended.Enqueue,
        };
        ActivitySource.AddActivityListener(_listener);
        _root = new Activity("test").Start();
        _root.ActivityTraceFlags = ActivityTraceFlags.Recorded;
    }

    public Activity Root => _root;

    public IReadOnlyList<Activity> Ended => [.. _ended.Where(span => span.TraceId == _root.TraceId)];

    /// <summary>The tree from the test's own span down, each name under that of its parent.</summary>
    public IReadOnlyList<string> Tree()
    {
        Dictionary<ActivitySpanId, string> names = new() { [_root.SpanId] = "test" };
        foreach (var span in Ended)
        {
            names[span.SpanId] = span.DisplayName;
        }

        return [.. Ended.Select(span => $"{names.GetValueOrDefault(span.ParentSpanId, "?")} > {span.DisplayName}").Order(StringComparer.Ordinal)];
    }

    public void Dispose()
    {
        _root.Dispose();
        _listener.Dispose();
    }
}
