namespace EmbeddedHost.Engine;

/// <summary>How much the engine does, how much of it at once, and for how long.</summary>
/// <param name="ConcurrentActivities">Activities that run at once.</param>
/// <param name="ConcurrentOrchestrators">Orchestration steps that run at once.</param>
/// <param name="CachedSessions">Orchestrations that are kept in memory between their steps; the others are replayed for each. 0: replay always.</param>
internal sealed record EngineLimits(int ConcurrentActivities, int ConcurrentOrchestrators, int CachedSessions)
{
    /// <summary>Whether instances rest where they stand: nothing starts, and no activity or timer runs.</summary>
    public bool AtRest { get; init; }

    /// <summary>How long an orchestrator may run without giving control back.</summary>
    public TimeSpan StepTime { get; init; } = Timeout.InfiniteTimeSpan;

    /// <summary>How long an activity may run.</summary>
    public TimeSpan ActivityTime { get; init; } = Timeout.InfiniteTimeSpan;

    /// <summary>What code is measured with. Not the engine's clock: code runs in real time, whatever clock durable timers follow.</summary>
    public TimeProvider CodeClock { get; init; } = TimeProvider.System;
}
