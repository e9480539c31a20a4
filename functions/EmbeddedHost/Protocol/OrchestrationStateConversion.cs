using DurableTask.Core;
using DurableTask.Core.Common;
using P = Microsoft.DurableTask.Protobuf;

namespace EmbeddedHost.Protocol;

internal static class OrchestrationStateConversion
{
    /// <summary>An instance as clients see it; without payloads, its input, output, custom status and failure stay unsaid.</summary>
    public static P.OrchestrationState ToProto(this OrchestrationState state, bool withPayloads = true)
    {
        P.OrchestrationState proto = new()
        {
            InstanceId = state.OrchestrationInstance?.InstanceId ?? "",
            ExecutionId = state.OrchestrationInstance?.ExecutionId,
            Name = state.Name ?? "",
            Version = state.Version,
            OrchestrationStatus = state.OrchestrationStatus.ToProto(),
            ScheduledStartTimestamp = state.ScheduledStartTime.ToProto(),
            CreatedTimestamp = state.CreatedTime.ToProto(),
            LastUpdatedTimestamp = state.LastUpdatedTime.ToProto(),
            CompletedTimestamp = IsPast(state.CompletedTime) ? state.CompletedTime.ToProto() : null,
            ParentInstanceId = state.ParentInstance?.OrchestrationInstance?.InstanceId,
        };
        proto.Tags.AddAll(state.Tags);

        if (withPayloads)
        {
            proto.Input = state.Input;
            proto.Output = state.Output;
            proto.CustomStatus = state.Status;
            proto.FailureDetails = state.FailureDetails.ToProto();
        }

        return proto;
    }

    // Core says "not completed" with the least or the greatest time there is.
    private static bool IsPast(DateTime completed) => completed.IsSet() && completed.Year < DateTime.MaxValue.Year;
}
