namespace Microsoft.DurableTask.Entities;

/// <summary>An entity. The embedded host has none: a registry that is given one says so.</summary>
public interface ITaskEntity;
