using DurableTask.Core.Command;
using DurableTask.Core.History;
using EmbeddedHost.Protocol;
using FsCheck;
using FsCheck.Fluent;
using FsCheck.Xunit;
using Google.Protobuf.WellKnownTypes;
using Microsoft.DurableTask.Testing.Sidecar.Grpc;
using Newtonsoft.Json;
using Newtonsoft.Json.Linq;
using ActionCase = Microsoft.DurableTask.Protobuf.OrchestratorAction.OrchestratorActionTypeOneofCase;
using Enum = System.Enum;
using P = Microsoft.DurableTask.Protobuf;

namespace EmbeddedHost.Tests.Protocol;

public sealed class OrchestratorActionConversionTests
{
    private static readonly Dictionary<ActionCase, string> s_refused = new()
    {
        [ActionCase.None] = "None",
        [ActionCase.TerminateOrchestration] = "TerminateOrchestration",
        [ActionCase.RewindOrchestration] = "RewindOrchestration",
        [ActionCase.SendEntityMessage] = "EntityOperationSignaled",
    };

    [Property(MaxTest = 300)]
    public Property Every_action_agrees_with_Microsofts_test_host() => Prop.ForAll(Actions.ToArbitrary(), action =>
        Assert.Equal(Plain(ProtobufUtils.ToOrchestratorAction(action)), Plain(action.ToCore())));

    [Fact]
    public void Every_kind_of_action_is_converted_or_refused_by_name()
    {
        foreach (ActionCase kind in Enum.GetValues<ActionCase>())
        {
            P.OrchestratorAction action = Empty(kind);
            if (s_refused.TryGetValue(kind, out var name))
            {
                Assert.Contains(name, Assert.Throws<NotSupportedException>(() => action.ToCore()).Message, StringComparison.Ordinal);
            }
            else
            {
                Assert.Equal(7, action.ToCore().Id);
            }
        }
    }

    [Fact]
    public void Carried_events_and_tags_of_a_completion_are_kept()
    {
        DateTime raisedAt = new(2026, 1, 2, 3, 4, 5, DateTimeKind.Utc);
        P.HistoryEvent carried = new EventRaisedEvent(5, "\"in\"") { Name = "Approve", Timestamp = raisedAt }.ToProto();

        OrchestrationCompleteOrchestratorAction completed = Assert.IsType<OrchestrationCompleteOrchestratorAction>(new P.OrchestratorAction
        {
            CompleteOrchestration = new()
            {
                OrchestrationStatus = P.OrchestrationStatus.ContinuedAsNew,
                CarryoverEvents = { carried },
                Tags = { ["k"] = "v" },
            },
        }.ToCore());

        EventRaisedEvent kept = Assert.IsType<EventRaisedEvent>(Assert.Single(completed.CarryoverEvents));
        Assert.Equal((5, "Approve", "\"in\"", raisedAt), (kept.EventId, kept.Name, kept.Input, kept.Timestamp));
        Assert.Equal("v", completed.Tags["k"]);
    }

    [Fact]
    public void Carrying_over_anything_but_a_raised_event_is_refused_by_name()
    {
        P.OrchestratorAction action = new() { CompleteOrchestration = new() { CarryoverEvents = { new P.HistoryEvent { TimerFired = new() } } } };

        Assert.Contains("TimerFired", Assert.Throws<NotSupportedException>(() => action.ToCore()).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_status_of_a_newer_protocol_is_refused_by_its_number()
    {
        P.OrchestratorAction action = new() { CompleteOrchestration = new() { OrchestrationStatus = (P.OrchestrationStatus)99 } };

        Assert.Contains("99", Assert.Throws<NotSupportedException>(() => action.ToCore()).Message, StringComparison.Ordinal);
    }

    private static Gen<P.OrchestratorAction> Actions =>
        from kind in Gen.Elements(Enum.GetValues<ActionCase>().Except(s_refused.Keys))
        from id in Gen.Choose(0, 100)
        from word in CoreSamples.Word
        from text in Gen.ArrayOf(CoreSamples.Text, 3)
        from time in CoreSamples.Time
        from status in CoreSamples.Status
        from failure in CoreSamples.Failure
        from tags in CoreSamples.Tags
        select Filled(Empty(kind, id), word, text, time, status.ToProto(), failure.ToProto(), tags);

    private static P.OrchestratorAction Filled(
        P.OrchestratorAction action,
        string word,
        string?[] text,
        DateTime time,
        P.OrchestrationStatus status,
        P.TaskFailureDetails? failure,
        IDictionary<string, string>? tags)
    {
        switch (action.OrchestratorActionTypeCase)
        {
            case ActionCase.ScheduleTask:
                action.ScheduleTask = new() { Name = word, Version = text[0], Input = text[1] };
                action.ScheduleTask.Tags.AddAll(tags);
                break;
            case ActionCase.CreateSubOrchestration:
                action.CreateSubOrchestration = new() { Name = word, InstanceId = word, Version = text[0], Input = text[1] };
                action.CreateSubOrchestration.Tags.AddAll(tags);
                break;
            case ActionCase.CreateTimer:
                action.CreateTimer = new() { FireAt = time.ToProto() };
                break;
            case ActionCase.SendEvent:
                action.SendEvent = new() { Instance = new() { InstanceId = word, ExecutionId = text[0] }, Name = word, Data = text[1] };
                break;
            default:
                action.CompleteOrchestration = new()
                {
                    OrchestrationStatus = status,
                    Result = text[0],
                    Details = text[1],
                    NewVersion = text[2],
                    FailureDetails = failure,
                    CarryoverEvents = { new P.HistoryEvent { EventRaised = new() { Name = word, Input = text[0] } } },
                };
                break;
        }

        return action;
    }

    private static P.OrchestratorAction Empty(ActionCase kind, int id = 7)
    {
        P.OrchestratorAction action = new() { Id = id };
        switch (kind)
        {
            case ActionCase.CreateTimer:
                action.CreateTimer = new() { FireAt = new Timestamp() };
                break;
            case ActionCase.SendEntityMessage:
                action.SendEntityMessage = new() { EntityOperationSignaled = new() };
                break;
            case ActionCase.None:
                break;
            default:
                P.OrchestratorAction.Descriptor.FindFieldByNumber((int)kind).Accessor.SetValue(
                    action, Activator.CreateInstance(P.OrchestratorAction.Descriptor.FindFieldByNumber((int)kind).MessageType.ClrType)!);
                break;
        }

        return action;
    }

    // The test host's actions have trace contexts, empty maps where there is nothing to say, times of their own for carried events, and lack a task's tags.
    private static string Plain(OrchestratorAction action)
    {
        JObject json = JObject.FromObject(action);
        json.Remove("ParentTraceContext");
        if (action is ScheduleTaskOrchestratorAction)
        {
            json.Remove("Tags");
        }

        foreach (JProperty time in json.Descendants().OfType<JProperty>().Where(p => p.Name == "Timestamp").ToList())
        {
            time.Remove();
        }

        foreach (JProperty empty in json.Descendants()
            .OfType<JProperty>().Where(p => p is { Name: "Properties" or "Tags", Value: JObject { Count: 0 } }).ToList())
        {
            empty.Value = JValue.CreateNull();
        }

        return json.ToString(Formatting.Indented);
    }
}
