using System.Runtime.CompilerServices;
using DurableTask.Core;
using DurableTask.Core.History;
using Newtonsoft.Json;
using Newtonsoft.Json.Serialization;

namespace DurableTask.Sqlite.Events;

/// <summary>How the framework's data contracts are written: with what can be read back, and no more.</summary>
internal sealed class EventContracts : DefaultContractResolver
{
    protected override JsonObjectContract CreateObjectContract(Type objectType)
    {
        var contract = base.CreateObjectContract(objectType);
        if (typeof(HistoryEvent).IsAssignableFrom(objectType) && !objectType.IsAbstract)
        {
            // As every data contract serializer does: not every event has one constructor that takes all, and all that matters is set afterwards.
            contract.DefaultCreator = () => RuntimeHelpers.GetUninitializedObject(objectType);
            contract.DefaultCreatorNonPublic = false;
        }

        return contract;
    }

    protected override IList<JsonProperty> CreateProperties(Type type, MemberSerialization memberSerialization)
    {
        var properties = base.CreateProperties(type, memberSerialization);
        foreach (var property in properties)
        {
            if (property.DeclaringType == typeof(FailureDetails) && property.PropertyName == nameof(FailureDetails.Properties))
            {
                property.Converter = new PlainValueConverter();
            }
            else if (property.PropertyType == typeof(IDictionary<string, string>))
            {
                property.Converter = new TagsConverter();
            }
            else if (property.DeclaringType is { } declaring && typeof(HistoryEvent).IsAssignableFrom(declaring)
                && property.PropertyName == nameof(HistoryEvent.EventType))
            {
                // The event's class says it.
                property.Ignored = true;
            }
        }

        return properties;
    }
}
