using Microsoft.DurableTask.Converters;

namespace Microsoft.DurableTask.Client;

/// <summary>A value as text, with what reads it.</summary>
public sealed class SerializedData
{
    /// <summary>A text; without a converter it is JSON with the defaults.</summary>
    public SerializedData(string data, DataConverter? converter = null)
    {
        ArgumentNullException.ThrowIfNull(data);
        Value = data;
        Converter = converter ?? JsonDataConverter.Default;
    }

    /// <summary>The text.</summary>
    public string Value { get; }

    /// <summary>What reads it.</summary>
    public DataConverter Converter { get; }

    /// <summary>The value as a <typeparamref name="T"/>.</summary>
    public T ReadAs<T>() => Converter.Deserialize<T>(Value)!;
}
