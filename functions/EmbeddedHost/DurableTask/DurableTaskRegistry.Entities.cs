using Microsoft.DurableTask.Entities;

namespace Microsoft.DurableTask;

/// <content>Entities, which the embedded host does not have.</content>
public sealed partial class DurableTaskRegistry
{
    /// <summary>Refused: the embedded host has no entities.</summary>
    /// <exception cref="NotSupportedException">Always.</exception>
    public DurableTaskRegistry AddEntity(TaskName name, Func<IServiceProvider, ITaskEntity> factory) => throw NoEntities(name.Name);

    /// <inheritdoc cref="AddEntity(TaskName, Func{IServiceProvider, ITaskEntity})" />
    public DurableTaskRegistry AddEntity(TaskName name, Type type) => throw NoEntities(name.Name);

    /// <inheritdoc cref="AddEntity(TaskName, Func{IServiceProvider, ITaskEntity})" />
    public DurableTaskRegistry AddEntity(Type type) => throw NoEntities(type?.Name);

    /// <inheritdoc cref="AddEntity(TaskName, Func{IServiceProvider, ITaskEntity})" />
    public DurableTaskRegistry AddEntity<TEntity>(TaskName name)
        where TEntity : class, ITaskEntity => throw NoEntities(name.Name);

    /// <inheritdoc cref="AddEntity(TaskName, Func{IServiceProvider, ITaskEntity})" />
    public DurableTaskRegistry AddEntity<TEntity>()
        where TEntity : class, ITaskEntity => throw NoEntities(typeof(TEntity).Name);

    /// <inheritdoc cref="AddEntity(TaskName, Func{IServiceProvider, ITaskEntity})" />
    public DurableTaskRegistry AddEntity(TaskName name, ITaskEntity entity) => throw NoEntities(name.Name);

    /// <inheritdoc cref="AddEntity(TaskName, Func{IServiceProvider, ITaskEntity})" />
    public DurableTaskRegistry AddEntity(ITaskEntity entity) => throw NoEntities(entity?.GetType().Name);

#pragma warning disable CA1822 // The packages have it as an instance member.
    /// <summary>None: the embedded host has no entities.</summary>
    public IEnumerable<KeyValuePair<TaskName, Func<IServiceProvider, ITaskEntity>>> GetEntities() => [];
#pragma warning restore CA1822

    private static NotSupportedException NoEntities(string? name) => new($"The entity '{name}' cannot be added. {TaskOrchestrationEntityFeature.NotOffered}");
}
