using System.Text.Json;

namespace Microsoft.DurableTask.Converters;

/// <summary>Converts with System.Text.Json; by default names are kept as declared and read without regard to case.</summary>
public class JsonDataConverter : DataConverter
{
    private static readonly JsonSerializerOptions s_defaults = new() { PropertyNameCaseInsensitive = true, IncludeFields = true };

    private readonly JsonSerializerOptions _options;

    /// <summary>Converts with these options; null: the defaults.</summary>
    public JsonDataConverter(JsonSerializerOptions? options = null) => _options = options ?? s_defaults;

    /// <summary>The converter with the default options.</summary>
    public static JsonDataConverter Default { get; } = new();

    /// <inheritdoc />
    public override string? Serialize(object? value) => value is null ? null : JsonSerializer.Serialize(value, value.GetType(), _options);

    /// <inheritdoc />
    public override object? Deserialize(string? data, Type targetType) => data is null ? null : JsonSerializer.Deserialize(data, targetType, _options);
}
