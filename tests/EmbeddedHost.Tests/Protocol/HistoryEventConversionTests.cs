using DurableTask.Core;
using DurableTask.Core.History;
using EmbeddedHost.Protocol;
using FsCheck;
using FsCheck.Fluent;
using FsCheck.Xunit;
using Microsoft.DurableTask.Testing.Sidecar.Grpc;
using EventCase = Microsoft.DurableTask.Protobuf.HistoryEvent.EventTypeOneofCase;
using P = Microsoft.DurableTask.Protobuf;

namespace EmbeddedHost.Tests.Protocol;

public sealed class HistoryEventConversionTests
{
    [Property(MaxTest = 500)]
    public Property Every_event_is_what_the_clients_reader_takes_it_for() => Prop.ForAll(CoreSamples.Event.ToArbitrary(), sample => ReadsBackAsync(sample));

    [Property(MaxTest = 500)]
    public Property Every_event_agrees_with_Microsofts_test_host() => Prop.ForAll(CoreSamples.Event.ToArbitrary(), AgreesWithTheJudge);

    [Fact]
    public void Every_event_type_of_Core_has_a_message()
    {
        IEnumerable<Type> types = typeof(HistoryEvent).Assembly.GetTypes().Where(t => t.IsSubclassOf(typeof(HistoryEvent)) && !t.IsAbstract);

        Assert.Equal(types.OrderBy(t => t.Name).Select(t => t.Name), CoreSamples.EventsByType.Keys.OrderBy(t => t.Name).Select(t => t.Name));

        IEnumerable<EventCase> written = CoreSamples.EventsByType.Values.SelectMany(gen => gen.Sample(3)).Select(e => e.ToProto().EventTypeCase).Distinct();
        Assert.Equal(
            Enum.GetValues<EventCase>().Where(c => c != EventCase.None && !c.ToString().StartsWith("Entity", StringComparison.Ordinal)).Order(),
            written.Order());
    }

    [Fact]
    public void An_event_of_another_kind_is_refused_by_name()
    {
        NotSupportedException refusal = Assert.Throws<NotSupportedException>(() => new OddEvent().ToProto());

        Assert.Contains("ExecutionFailed", refusal.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_failure_without_details_carries_its_reason()
    {
        P.TaskFailureDetails failure = new TaskFailedEvent(-1, 3, "no such activity", "where", null).ToProto().TaskFailed.FailureDetails;

        Assert.Equal(("(unknown)", "no such activity", "where"), (failure.ErrorType, failure.ErrorMessage, failure.StackTrace));
    }

    [Fact]
    public void A_start_carries_its_trace_its_tags_and_its_parent()
    {
        P.ExecutionStartedEvent started = new ExecutionStartedEvent(-1, "1")
        {
            Name = "N",
            OrchestrationInstance = new OrchestrationInstance { InstanceId = "i", ExecutionId = "e" },
            ParentInstance = new ParentInstance { Name = "P", TaskScheduleId = 4, OrchestrationInstance = new OrchestrationInstance { InstanceId = "p" } },
            ParentTraceContext = new("00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01", "a=b") { SpanId = "00f067aa0ba902b7" },
            Tags = new Dictionary<string, string> { ["k"] = "v" },
        }.ToProto().ExecutionStarted;

        Assert.Equal("00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01", started.ParentTraceContext.TraceParent);
        Assert.Equal("a=b", started.ParentTraceContext.TraceState);
        Assert.Equal("00f067aa0ba902b7", started.OrchestrationSpanID);
        Assert.Equal("v", started.Tags["k"]);
        Assert.Equal(("p", 4), (started.ParentInstance.OrchestrationInstance.InstanceId, started.ParentInstance.TaskScheduledId));
    }

    private static async Task<bool> ReadsBackAsync(HistoryEvent sample)
    {
        P.HistoryEvent written = sample.ToProto();
        if (written.HistoryState is { OrchestrationState.ScheduledStartTimestamp: null })
        {
            // The reader fails on a state without one, which only tracking stores of other providers write.
            return true;
        }

        HistoryEvent read = Assert.Single(await ReadBack.EventsAsync(written));

        Assert.Equal(sample.GetType(), read.GetType());
        Assert.Equal(WithoutWhatTheReaderSkips(written), WithoutWhatTheReaderSkips(read.ToProto()));
        return true;
    }

    private static P.HistoryEvent WithoutWhatTheReaderSkips(P.HistoryEvent proto)
    {
        P.HistoryEvent clone = proto.Clone();
        clone.ExecutionStarted?.ParentTraceContext = null;
        clone.ExecutionStarted?.OrchestrationSpanID = null;
        clone.TaskScheduled?.ParentTraceContext = null;
        clone.SubOrchestrationInstanceCreated?.Tags.Clear();
        if (clone.ExecutionRewound is not null)
        {
            clone.ExecutionRewound = new P.ExecutionRewoundEvent();
        }

        if (clone.HistoryState?.OrchestrationState is { } state)
        {
            state.OrchestrationStatus = default;
            state.ExecutionId = null;
            state.CompletedTimestamp = null;
            state.ParentInstanceId = null;
            state.FailureDetails = null;
        }

        return clone;
    }

    private static bool AgreesWithTheJudge(HistoryEvent sample)
    {
        P.HistoryEvent ours = sample.ToProto();
        P.HistoryEvent theirs;
        try
        {
            theirs = ProtobufUtils.ToHistoryEventProto(sample);
        }
        catch (Exception e) when (e is NotSupportedException or ArgumentException or NullReferenceException)
        {
            // It takes no rewinds, no local times, no missing names and no missing tags.
            return true;
        }

        foreach (P.HistoryEvent proto in (P.HistoryEvent[])[ours, theirs])
        {
            proto.ExecutionStarted?.OrchestrationSpanID = null;
            proto.SubOrchestrationInstanceCreated?.Tags.Clear();
            proto.TaskScheduled?.Tags.Clear();
            proto.TaskFailed?.FailureDetails = null;
            proto.SubOrchestrationInstanceFailed?.FailureDetails = null;
            proto.ExecutionCompleted?.OrchestrationStatus = default;
            proto.ExecutionCompleted?.FailureDetails = null;
            if (proto.HistoryState?.OrchestrationState is { } state)
            {
                state.ExecutionId = null;
                state.CompletedTimestamp = null;
                state.ParentInstanceId = null;
                state.FailureDetails = null;
            }
        }

        Assert.Equal(theirs, ours);
        return true;
    }

    private sealed class OddEvent() : HistoryEvent(0)
    {
        public override EventType EventType => EventType.ExecutionFailed;
    }
}
