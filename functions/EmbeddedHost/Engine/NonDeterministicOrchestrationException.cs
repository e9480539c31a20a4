namespace DurableTask.Core.Exceptions;

/// <summary>An orchestrator, replayed, did not do what its history says it did.</summary>
internal sealed class NonDeterministicOrchestrationException(string message) : Exception("Non-Deterministic workflow detected: " + message);
