using DurableTask.Core;

namespace EmbeddedHost.Orchestration;

/// <summary>Knows no orchestration and no activity as an object: all of them are functions of the worker.</summary>
internal sealed class NoObjects<T> : INameVersionObjectManager<T>
{
    public void Add(ObjectCreator<T> creator) => throw new NotSupportedException("Orchestrations and activities are the worker's functions.");

    public T? GetObject(string name, string? version) => default;
}
