using EmbeddedHost.Engine.History;
using EmbeddedHost.Store;

namespace EmbeddedHost.Engine;

/// <summary>A failed instance and what it goes on from.</summary>
/// <param name="Stored">The instance.</param>
/// <param name="Steps">Its history, without its end and the failures that led to it.</param>
/// <param name="Unanswered">The sub-orchestrations that will not answer by themselves, each with the end that its parent had not heard of, or null when it must begin again.</param>
/// <param name="Awaited">The sub-orchestrations that are live, and will answer.</param>
internal sealed record RewoundInstance(
    StoredInstance Stored,
    IReadOnlyList<List<HistoryEvent>> Steps,
    IReadOnlyList<(SubOrchestrationCreated Request, ExecutionCompleted? Answer)> Unanswered,
    IReadOnlyList<string> Awaited);
