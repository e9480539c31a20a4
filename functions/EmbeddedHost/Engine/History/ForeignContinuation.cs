namespace EmbeddedHost.Engine.History;

/// <summary>An orchestrator's code went on outside a step. Never stored: the instance fails for it.</summary>
internal sealed record ForeignContinuation : HistoryEvent;
