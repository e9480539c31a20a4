namespace EmbeddedHost.Engine;

/// <summary>How much the engine does, and how much of it at once.</summary>
/// <param name="ConcurrentActivities">Activities that run at once.</param>
/// <param name="ConcurrentOrchestrators">Orchestration steps that run at once.</param>
/// <param name="CachedSessions">Orchestrations that are kept in memory between their steps; the others are replayed for each. 0: replay always.</param>
internal sealed record EngineLimits(int ConcurrentActivities, int ConcurrentOrchestrators, int CachedSessions)
{
    /// <summary>Whether instances rest where they stand: nothing starts, and no activity or timer runs.</summary>
    public bool AtRest { get; init; }
}
