using DurableTask.Core.History;
using Newtonsoft.Json;
using Newtonsoft.Json.Serialization;

namespace DurableTask.Sqlite.Events;

/// <summary>The names of the event classes in a file, without namespaces. No other class is ever made from a name in a file.</summary>
internal sealed class EventTypeNames : ISerializationBinder
{
    private static readonly Dictionary<string, Type> s_types = HistoryEvent.KnownTypes().ToDictionary(type => type.Name, StringComparer.Ordinal);

    public void BindToName(Type serializedType, out string? assemblyName, out string? typeName)
    {
        assemblyName = null;
        typeName = s_types.GetValueOrDefault(serializedType.Name) == serializedType
            ? serializedType.Name
            : throw new JsonSerializationException($"{serializedType} is no event of the Durable Task Framework.");
    }

    public Type BindToType(string? assemblyName, string typeName) => s_types.TryGetValue(typeName, out var type)
        ? type
        : throw new JsonSerializationException($"There is no event class {typeName}. A later version may have written it.");
}
