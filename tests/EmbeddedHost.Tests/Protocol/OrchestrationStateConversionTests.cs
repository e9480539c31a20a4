using DurableTask.Core;
using EmbeddedHost.Protocol;
using FsCheck;
using FsCheck.Fluent;
using FsCheck.Xunit;
using P = Microsoft.DurableTask.Protobuf;

namespace EmbeddedHost.Tests.Protocol;

public sealed class OrchestrationStateConversionTests
{
    [Property]
    public Property A_state_is_told_whole() => Prop.ForAll(CoreSamples.State.ToArbitrary(), state =>
    {
        P.OrchestrationState proto = state.ToProto();

        Assert.Equal((state.OrchestrationInstance.InstanceId, state.OrchestrationInstance.ExecutionId), (proto.InstanceId, proto.ExecutionId));
        Assert.Equal((state.Name ?? "", state.Version), (proto.Name, proto.Version));
        Assert.Equal((state.Input, state.Output, state.Status), (proto.Input, proto.Output, proto.CustomStatus));
        Assert.Equal(state.FailureDetails.ToProto(), proto.FailureDetails);
        Assert.Equal(state.OrchestrationStatus, proto.OrchestrationStatus.ToCore());
        Assert.Equal(state.ParentInstance?.OrchestrationInstance.InstanceId, proto.ParentInstanceId);
        Assert.Equal(state.Tags ?? new Dictionary<string, string>(), proto.Tags);
        Assert.Equal(Utc(state.CreatedTime), proto.CreatedTimestamp.ToDateTime());
        Assert.Equal(Utc(state.LastUpdatedTime), proto.LastUpdatedTimestamp.ToDateTime());
        Assert.Equal(state.ScheduledStartTime is { } start ? Utc(start) : null, proto.ScheduledStartTimestamp?.ToDateTime());
        Assert.Equal(state.CompletedTime == DateTime.MinValue ? null : Utc(state.CompletedTime), proto.CompletedTimestamp?.ToDateTime());
    });

    [Property]
    public Property Without_payloads_nothing_large_is_told() => Prop.ForAll(CoreSamples.State.ToArbitrary(), state =>
    {
        P.OrchestrationState proto = state.ToProto(withPayloads: false);

        Assert.Equal((null, null, null), (proto.Input, proto.Output, proto.CustomStatus));
        Assert.Null(proto.FailureDetails);
        Assert.Equal(state.OrchestrationInstance.InstanceId, proto.InstanceId);
    });

    [Fact]
    public void What_is_not_completed_has_no_time_of_completion()
    {
        Assert.Null(new OrchestrationState { CompletedTime = DateTime.MaxValue }.ToProto().CompletedTimestamp);
        Assert.Null(new OrchestrationState { CompletedTime = DateTime.MinValue }.ToProto().CompletedTimestamp);
    }

    private static DateTime? Utc(DateTime time) => time.Kind == DateTimeKind.Local ? time.ToUniversalTime() : DateTime.SpecifyKind(time, DateTimeKind.Utc);
}
