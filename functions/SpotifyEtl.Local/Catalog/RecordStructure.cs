using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Serialization.Metadata;
using SpotifyEtl.Payloads;
using SpotifyEtl.Runs;
using SpotifyEtl.Transform.Items;
using SpotifyEtl.Transform.Tables;

namespace SpotifyEtl.Local.Catalog;

/// <summary>
/// The fields of a record's type in the notation of DuckDB's from_json, so that a field which the type gets is a column: numbers and truth values are that,
/// lists and objects are too, and all else is text, as the JSON has it.
/// </summary>
internal static class RecordStructure
{
    private static readonly JsonSerializerOptions s_json = Reflecting();

    public static string Of(Type record) => Node(record).ToJsonString();

    private static JsonNode Node(Type type)
    {
        var plain = Nullable.GetUnderlyingType(type) ?? type;
        if (plain == typeof(RowCounts))
        {
            return Counts(Table.All.Select(table => table.Name));
        }

        var info = s_json.GetTypeInfo(plain);
        return info.Kind switch
        {
            JsonTypeInfoKind.Object => new JsonObject(info.Properties.Where(property => property.Get is not null).Select(Field)),
            JsonTypeInfoKind.Enumerable => new JsonArray(Node(info.ElementType!)),
            JsonTypeInfoKind.Dictionary => JsonValue.Create($"MAP(VARCHAR, {ScalarName(info.ElementType!)})"),
            _ => JsonValue.Create(ScalarName(plain)),
        };
    }

    private static KeyValuePair<string, JsonNode?> Field(JsonPropertyInfo property) => KeyValuePair.Create<string, JsonNode?>(
        property.Name,
        property is { DeclaringType: { } type, Name: "rejected" } && type == typeof(FileRecord) ? Counts(RejectReasonCodes.All) : Node(property.PropertyType));

    private static JsonObject Counts(IEnumerable<string> names) => new(names.Select(name => KeyValuePair.Create<string, JsonNode?>(name, "BIGINT")));

    private static string ScalarName(Type type) => Type.GetTypeCode(type) switch
    {
        _ when type.IsEnum => "VARCHAR",
        TypeCode.Boolean => "BOOLEAN",
        TypeCode.SByte or TypeCode.Byte or TypeCode.Int16 or TypeCode.UInt16 or TypeCode.Int32 or TypeCode.UInt32 or TypeCode.Int64 => "BIGINT",
        TypeCode.Single or TypeCode.Double or TypeCode.Decimal => "DOUBLE",
        _ => "VARCHAR",
    };

    private static JsonSerializerOptions Reflecting()
    {
        JsonSerializerOptions options = new(PayloadJson.Options) { TypeInfoResolver = new DefaultJsonTypeInfoResolver() };
        options.MakeReadOnly();
        return options;
    }
}
