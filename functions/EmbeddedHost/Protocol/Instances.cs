using DurableTask.Core;
using P = Microsoft.DurableTask.Protobuf;

namespace EmbeddedHost.Protocol;

internal static class Instances
{
    public static P.OrchestrationInstance? ToProto(this OrchestrationInstance? instance) => instance is null
        ? null
        : new P.OrchestrationInstance { InstanceId = instance.InstanceId ?? "", ExecutionId = instance.ExecutionId };

    public static OrchestrationInstance? ToCore(this P.OrchestrationInstance? instance) => instance is null
        ? null
        : new OrchestrationInstance { InstanceId = instance.InstanceId, ExecutionId = instance.ExecutionId };

    public static P.ParentInstanceInfo? ToProto(this ParentInstance? parent) => parent is null
        ? null
        : new P.ParentInstanceInfo
        {
            Name = parent.Name,
            Version = parent.Version,
            TaskScheduledId = parent.TaskScheduleId,
            OrchestrationInstance = parent.OrchestrationInstance.ToProto(),
        };
}
