namespace Microsoft.DurableTask.Client.Entities;

/// <summary>What a client may do with entities: nothing here, since the embedded host has none.</summary>
public abstract class DurableEntityClient;
