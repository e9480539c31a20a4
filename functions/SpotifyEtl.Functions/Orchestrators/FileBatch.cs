using System.Text.Json.Serialization;
using SpotifyEtl.Lake;

namespace SpotifyEtl.Orchestrators;

/// <summary>Raw files, by name, to be processed for a run.</summary>
public sealed record FileBatch(string RunId, IReadOnlyList<string> Names)
{
    /// <summary>Where the files lie.</summary>
    [JsonPropertyName("reprocess")]
    [JsonConverter(typeof(RawFileSourceJson))]
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)]
    public RawFileSource Source { get; init; }
}
