using System.Text.Json;
using System.Text.Json.Serialization;

namespace SpotifyEtl.Lake;

/// <summary>Where a raw file lies that is to be transformed.</summary>
public enum RawFileSource
{
    /// <summary>In to_process: it is new, and moves on.</summary>
    ToProcess,

    /// <summary>In processed: it is transformed again, and stays.</summary>
    Processed,
}

/// <summary>Payloads have it as a flag, <c>reprocess</c>, as those of runs that began before it was a value.</summary>
internal sealed class RawFileSourceJson : JsonConverter<RawFileSource>
{
    public override RawFileSource Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
        reader.GetBoolean() ? RawFileSource.Processed : RawFileSource.ToProcess;

    public override void Write(Utf8JsonWriter writer, RawFileSource value, JsonSerializerOptions options) =>
        writer.WriteBooleanValue(value is RawFileSource.Processed);
}
