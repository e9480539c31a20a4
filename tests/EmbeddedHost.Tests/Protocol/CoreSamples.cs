using DurableTask.Core;
using DurableTask.Core.History;
using DurableTask.Core.Tracing;
using FsCheck;
using FsCheck.Fluent;

namespace EmbeddedHost.Tests.Protocol;

/// <summary>Generators of what DurableTask.Core hands to the protocol.</summary>
internal static class CoreSamples
{
    private static readonly string[] s_words = ["", "x", "Name", "{\"a\":1}", "é中😀", "a\nb", "\0", "@e@k", "dt:no time", "null"];

    public static Gen<string> Word { get; } = Gen.Elements(s_words);

    public static Gen<string?> Text { get; } = Gen.Frequency((4, Word.Select(w => (string?)w)), (1, Gen.Constant<string?>(null)));

    public static Gen<DateTime> Time { get; } =
        from seconds in Gen.Choose(0, int.MaxValue)
        from ticks in Gen.Choose(0, 9_999_999)
        from kind in Gen.Elements(DateTimeKind.Utc, DateTimeKind.Unspecified, DateTimeKind.Local)
        let utc = DateTime.UnixEpoch.AddSeconds(seconds).AddTicks(ticks)
        select kind == DateTimeKind.Local ? utc.ToLocalTime() : DateTime.SpecifyKind(utc, kind);

    public static Gen<IDictionary<string, string>?> Tags { get; } =
        from keys in Gen.ArrayOf(Word, 3)
        from value in Word
        from none in Gen.Choose(0, 3)
        select none == 0 ? null : (IDictionary<string, string>)keys.Distinct().ToDictionary(k => k, k => k + value);

    public static Gen<DistributedTraceContext?> Trace { get; } = Gen.Elements<Func<DistributedTraceContext?>>(
        () => null,
        () => new("00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01"),
        () => new("00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-00", "vendor=1") { SpanId = "b7ad6b7169203331", Id = "x" }).Select(make => make());

    public static Gen<object?> PropertyValue { get; } = Gen.Elements<object?>(
        null, "text", "dt:soon", true, 1, 2L, 3.5, 4.25m, (short)5, 1UL << 63,
        new DateTime(2026, 1, 2, 3, 4, 5, 678, DateTimeKind.Utc), new DateTimeOffset(2026, 1, 2, 3, 4, 5, TimeSpan.FromHours(2)),
        new List<object?> { 1, "two", null }, new Dictionary<string, object?> { ["deep"] = new List<object?> { true } });

    public static Gen<FailureDetails?> Failure { get; } = FailureOf(3);

    public static Gen<OrchestrationInstance> Instance { get; } =
        from id in Word
        from execution in Text
        select new OrchestrationInstance { InstanceId = id, ExecutionId = execution };

    public static Gen<OrchestrationStatus> Status { get; } = Gen.Elements(Enum.GetValues<OrchestrationStatus>());

    public static Gen<ParentInstance?> Parent { get; } =
        from instance in Instance
        from name in Text
        from task in Gen.Choose(0, 9)
        select task == 0 ? null : new ParentInstance { Name = name, Version = name, TaskScheduleId = task, OrchestrationInstance = instance };

    public static Gen<OrchestrationState> State { get; } =
        from instance in Instance
        from status in Status
        from text in Gen.ArrayOf(Text, 6)
        from times in Gen.ArrayOf(Time, 4)
        from tags in Tags
        from failure in Failure
        from parent in Parent
        select new OrchestrationState
        {
            OrchestrationInstance = instance,
            OrchestrationStatus = status,
            Name = text[0],
            Version = text[1],
            Input = text[2],
            Output = text[3],
            Status = text[4],
            CreatedTime = times[0],
            LastUpdatedTime = times[1],
            CompletedTime = text[5] is null ? DateTime.MinValue : times[2],
            ScheduledStartTime = text[5] is null ? null : times[3],
            Tags = tags,
            FailureDetails = failure,
            ParentInstance = parent,
        };

    /// <summary>An event of every type that Core has, by that type.</summary>
    public static IReadOnlyDictionary<Type, Gen<HistoryEvent>> EventsByType { get; } = new Dictionary<Type, Gen<HistoryEvent>>
    {
        [typeof(ExecutionStartedEvent)] = from draw in Draw
                                          from parent in Parent
                                          from start in Time
                                          select (HistoryEvent)new ExecutionStartedEvent(draw.Id, draw.Text[0])
                                          {
                                              Name = draw.Text[1],
                                              Version = draw.Text[2],
                                              OrchestrationInstance = draw.Instance,
                                              ParentInstance = parent,
                                              ScheduledStartTime = draw.Text[3] is null ? null : start,
                                              ParentTraceContext = draw.Trace,
                                              Tags = draw.Tags,
                                              Generation = 2,
                                          },
        [typeof(ExecutionCompletedEvent)] = from draw in Draw
                                            from status in Status
                                            select (HistoryEvent)new ExecutionCompletedEvent(draw.Id, draw.Text[0], status, draw.Failure),
        [typeof(ContinueAsNewEvent)] = Draw.Select(d => (HistoryEvent)new ContinueAsNewEvent(d.Id, d.Text[0])),
        [typeof(ExecutionTerminatedEvent)] = Draw.Select(d => (HistoryEvent)new ExecutionTerminatedEvent(d.Id, d.Text[0])),
        [typeof(ExecutionSuspendedEvent)] = Draw.Select(d => (HistoryEvent)new ExecutionSuspendedEvent(d.Id, d.Text[0])),
        [typeof(ExecutionResumedEvent)] = Draw.Select(d => (HistoryEvent)new ExecutionResumedEvent(d.Id, d.Text[0])),
        [typeof(ExecutionRewoundEvent)] = Draw.Select(d => (HistoryEvent)new ExecutionRewoundEvent(d.Id, d.Text[0])
        {
            ParentExecutionId = d.Text[1],
            InstanceId = d.Text[2],
            ParentTraceContext = d.Trace,
        }),
        [typeof(TaskScheduledEvent)] = Draw.Select(d => (HistoryEvent)new TaskScheduledEvent(d.Id, d.Text[0] ?? "", d.Text[1], d.Text[2])
        {
            Tags = d.Tags,
            ParentTraceContext = d.Trace,
        }),
        [typeof(TaskCompletedEvent)] = Draw.Select(d => (HistoryEvent)new TaskCompletedEvent(d.Id, d.Id + 1, d.Text[0])),
        [typeof(TaskFailedEvent)] = Draw.Select(d => (HistoryEvent)new TaskFailedEvent(d.Id, d.Id + 1, d.Text[0], d.Text[1], d.Failure)),
        [typeof(SubOrchestrationInstanceCreatedEvent)] = Draw.Select(d => (HistoryEvent)new SubOrchestrationInstanceCreatedEvent(d.Id)
        {
            InstanceId = d.Text[0],
            Name = d.Text[1],
            Version = d.Text[2],
            Input = d.Text[3],
            Tags = d.Tags,
        }),
        [typeof(SubOrchestrationInstanceCompletedEvent)] = Draw.Select(d =>
            (HistoryEvent)new SubOrchestrationInstanceCompletedEvent(d.Id, d.Id + 1, d.Text[0])),
        [typeof(SubOrchestrationInstanceFailedEvent)] =
            Draw.Select(d => (HistoryEvent)new SubOrchestrationInstanceFailedEvent(d.Id, d.Id + 1, d.Text[0], d.Text[1], d.Failure)),
        [typeof(TimerCreatedEvent)] = Draw.Select(d => (HistoryEvent)new TimerCreatedEvent(d.Id, d.Time)),
        [typeof(TimerFiredEvent)] = Draw.Select(d => (HistoryEvent)new TimerFiredEvent(-1, d.Time) { TimerId = d.Id }),
        [typeof(OrchestratorStartedEvent)] = Draw.Select(d => (HistoryEvent)new OrchestratorStartedEvent(d.Id)),
        [typeof(OrchestratorCompletedEvent)] = Draw.Select(d => (HistoryEvent)new OrchestratorCompletedEvent(d.Id)),
        [typeof(EventSentEvent)] = Draw.Select(d => (HistoryEvent)new EventSentEvent(d.Id) { InstanceId = d.Text[0], Name = d.Text[1], Input = d.Text[2] }),
        [typeof(EventRaisedEvent)] = Draw.Select(d => (HistoryEvent)new EventRaisedEvent(d.Id, d.Text[0]) { Name = d.Text[1], ParentTraceContext = d.Trace }),
        [typeof(GenericEvent)] = Draw.Select(d => (HistoryEvent)new GenericEvent(d.Id, d.Text[0])),
        [typeof(HistoryStateEvent)] = from draw in Draw
                                      from state in State
                                      select (HistoryEvent)new HistoryStateEvent(draw.Id, state),
    };

    public static Gen<HistoryEvent> Event { get; } =
        from historyEvent in Gen.OneOf(EventsByType.Values)
        from time in Time
        select At(historyEvent, time);

    private static Gen<Drawn> Draw =>
        from id in Gen.Choose(-1, 1000)
        from text in Gen.ArrayOf(Text, 4)
        from time in Time
        from tags in Tags
        from trace in Trace
        from failure in Failure
        from instance in Instance
        select new Drawn(id, text, time, tags, trace, failure, instance);

    private static Gen<FailureDetails?> FailureOf(int depth) => depth == 0
        ? Gen.Constant<FailureDetails?>(null)
        : from type in Word
          from message in Word
          from stack in Text
          from inner in FailureOf(depth - 1)
          from key in Word
          from value in PropertyValue
          from shape in Gen.Choose(0, 3)
          select shape == 0 ? null : new FailureDetails(
              type, message, stack, inner, shape == 1, shape == 2 ? new Dictionary<string, object?> { [key] = value } : null);

    private static HistoryEvent At(HistoryEvent historyEvent, DateTime time)
    {
        historyEvent.Timestamp = time;
        return historyEvent;
    }

    private sealed record Drawn(
        int Id,
        string?[] Text,
        DateTime Time,
        IDictionary<string, string>? Tags,
        DistributedTraceContext? Trace,
        FailureDetails? Failure,
        OrchestrationInstance Instance);
}
