namespace Microsoft.DurableTask.Client;

/// <summary>How to terminate an instance.</summary>
/// <param name="Output">What its output shall be.</param>
/// <param name="Recursive">Its sub-orchestrations too.</param>
public record TerminateInstanceOptions(object? Output = null, bool Recursive = false);
