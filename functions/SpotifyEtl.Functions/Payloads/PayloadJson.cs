using System.Text.Json;
using System.Text.Json.Serialization;

namespace SpotifyEtl.Payloads;

/// <summary>The JSON of everything that travels between steps, is answered over HTTP and is kept as a record: camelCase, enums by name.</summary>
public static class PayloadJson
{
    public static JsonSerializerOptions Options { get; } = Configure(new JsonSerializerOptions());

    /// <summary>Sets options to this style.</summary>
    public static JsonSerializerOptions Configure(JsonSerializerOptions options)
    {
        options.PropertyNamingPolicy = JsonNamingPolicy.CamelCase;
        options.PropertyNameCaseInsensitive = true;
        options.Converters.Add(new JsonStringEnumConverter());
        return options;
    }
}
