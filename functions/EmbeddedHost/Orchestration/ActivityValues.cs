using System.Text.Json;
using EmbeddedHost.Worker.Messages;

namespace EmbeddedHost.Orchestration;

/// <summary>An activity's input and output between the framework, where an input is an array of arguments, and the worker.</summary>
internal static class ActivityValues
{
    private const string Null = "null";

    /// <summary>The JSON of the one argument that an activity has.</summary>
    /// <exception cref="JsonException">The text is no JSON.</exception>
    public static string Input(string? arguments)
    {
        if (arguments is null)
        {
            return Null;
        }

        using var document = JsonDocument.Parse(arguments);
        return document.RootElement switch
        {
            { ValueKind: JsonValueKind.Array } array when array.GetArrayLength() > 0 => array[0].GetRawText(),
            { ValueKind: JsonValueKind.Array } => Null,
            var other => other.GetRawText(),
        };
    }

    /// <summary>The JSON of what an activity returned; null: nothing.</summary>
    public static string? Output(TypedData? value) => value?.DataCase switch
    {
        TypedData.DataOneofCase.Json => value.Json,
        TypedData.DataOneofCase.String => JsonSerializer.Serialize(value.String),
        TypedData.DataOneofCase.Bytes => JsonSerializer.Serialize(value.Bytes.ToBase64()),
        TypedData.DataOneofCase.Int => JsonSerializer.Serialize(value.Int),
        TypedData.DataOneofCase.Double => JsonSerializer.Serialize(value.Double),
        _ => null,
    };
}
