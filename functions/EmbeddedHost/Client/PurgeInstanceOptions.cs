namespace Microsoft.DurableTask.Client;

/// <summary>How to purge an instance.</summary>
/// <param name="Recursive">Its sub-orchestrations too.</param>
public record PurgeInstanceOptions(bool Recursive = false);
