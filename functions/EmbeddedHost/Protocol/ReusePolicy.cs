using DurableTask.Core;
using P = Microsoft.DurableTask.Protobuf;

namespace EmbeddedHost.Protocol;

/// <summary>Which instances a new one of the same id leaves standing. The protocol lists the others: those that may be replaced.</summary>
internal static class ReusePolicy
{
    /// <param name="policy">The client's wish; null where it has none.</param>
    /// <param name="replaceLive">What host.json calls <c>overridableExistingInstanceStates: AnyState</c>.</param>
    public static OrchestrationStatus[] ToDedupeStatuses(P.OrchestrationIdReusePolicy? policy, bool replaceLive = false)
    {
        HashSet<OrchestrationStatus>? replaceable = policy?.ReplaceableStatus.Select(s => s.ToCore()).ToHashSet();
        return [.. Enum.GetValues<OrchestrationStatus>().Where(status =>
            (replaceable is not null && !replaceable.Contains(status)) || (status.IsLive() && !replaceLive))];
    }
}
