using DurableTask.Core;
using P = Microsoft.DurableTask.Protobuf;

namespace EmbeddedHost.Protocol;

internal static class OrchestrationStatuses
{
    public static P.OrchestrationStatus ToProto(this OrchestrationStatus status) => Checked((P.OrchestrationStatus)(int)status);

    public static OrchestrationStatus ToCore(this P.OrchestrationStatus status) => Checked((OrchestrationStatus)(int)status);

    /// <summary>Whether an instance of this status may still run: everything that is not an end.</summary>
    public static bool IsLive(this OrchestrationStatus status) => status is
        OrchestrationStatus.Running or OrchestrationStatus.ContinuedAsNew or OrchestrationStatus.Pending or OrchestrationStatus.Suspended;

    // The two enumerations agree number by number (a test holds them to it); a number that only one of them knows is refused.
    private static T Checked<T>(T status)
        where T : struct, Enum =>
        Enum.IsDefined(status) ? status : throw new NotSupportedException($"The orchestration status {status} is not known to this host.");
}
