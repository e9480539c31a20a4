using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using SpotifyEtl.Payloads;

namespace SpotifyEtl.Lake.Records;

/// <summary>The JSON of records, read with more suspicion than what this process wrote itself: what they hold may be anything.</summary>
internal static class RecordText
{
    private static readonly JsonSerializerOptions s_whole = Suspicious();

    /// <summary>The record of a text.</summary>
    /// <exception cref="JsonException">It is none: empty, cut, of other types, or without what a record has to have.</exception>
    public static T Parse<T>(ReadOnlySpan<byte> text)
        where T : class
    {
        var record = Parse<T>(text, s_whole);
        CheckItems(text);
        return record;
    }

    /// <summary>Looks whether a text is a record, which may lack fields as those of earlier versions do, its id excepted.</summary>
    /// <exception cref="JsonException">It is none.</exception>
    public static void Check<T>(ReadOnlySpan<byte> text, string idField)
        where T : class => Parse<T>(text, LenientOf<T>.For(idField));

    private static T Parse<T>(ReadOnlySpan<byte> text, JsonSerializerOptions options)
        where T : class => JsonSerializer.Deserialize<T>(text, options) ?? throw new JsonException("It holds null.");

    // Nullable annotations say nothing of what is in a list.
    private static void CheckItems(ReadOnlySpan<byte> text)
    {
        Utf8JsonReader reader = new(text);
        Stack<bool> inArray = new();
        while (reader.Read())
        {
            switch (reader.TokenType)
            {
                case JsonTokenType.StartArray or JsonTokenType.StartObject:
                    inArray.Push(reader.TokenType is JsonTokenType.StartArray);
                    break;
                case JsonTokenType.EndArray or JsonTokenType.EndObject:
                    inArray.Pop();
                    break;
                case JsonTokenType.Null when inArray.TryPeek(out var isItem) && isItem:
                    throw new JsonException("A list has an item that is null.");
            }
        }
    }

    private static JsonSerializerOptions Suspicious() =>
        new(PayloadJson.Options) { RespectNullableAnnotations = true, RespectRequiredConstructorParameters = true };

    private static class LenientOf<T>
    {
        private static JsonSerializerOptions? s_options;

        public static JsonSerializerOptions For(string idField) => s_options ??= new JsonSerializerOptions(PayloadJson.Options)
        {
            RespectNullableAnnotations = true,
            TypeInfoResolver = new DefaultJsonTypeInfoResolver().WithAddedModifier(type =>
            {
                foreach (var property in type.Properties)
                {
                    property.IsRequired = type.Type == typeof(T) && property.Name == idField;
                }
            }),
        };
    }
}
