using System.Text.Json;
using System.Text.Json.Serialization;

namespace SpotifyEtl.Runs;

/// <summary>The JSON of everything that travels between steps and is kept of a run: camelCase, enums by name.</summary>
public static class RunJson
{
    /// <summary>The options of a record in the lake and of payloads.</summary>
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
