using System.Collections;
using System.Globalization;
using System.Numerics;
using Google.Protobuf.WellKnownTypes;
using Newtonsoft.Json.Linq;

namespace EmbeddedHost.Protocol;

/// <summary>
/// Values of an exception's properties. The protocol has no type for a time: the worker writes one as a string with the
/// prefix <c>dt:</c> or <c>dto:</c>, and reads it the same way.
/// </summary>
internal static class PropertyValues
{
    private const string DateTimePrefix = "dt:";
    private const string DateTimeOffsetPrefix = "dto:";

    public static Value ToProto(object? value) => value switch
    {
        null => Value.ForNull(),
        string text => Value.ForString(text),
        bool truth => Value.ForBool(truth),
        sbyte or byte or short or ushort or int or uint or long or ulong or float or double or decimal =>
            Value.ForNumber(Convert.ToDouble(value, CultureInfo.InvariantCulture)),
        DateTime time => Value.ForString(DateTimePrefix + time.ToString("O", CultureInfo.InvariantCulture)),
        DateTimeOffset time => Value.ForString(DateTimeOffsetPrefix + time.ToString("O", CultureInfo.InvariantCulture)),

        // Core keeps histories with Newtonsoft.Json, which gives back its own tokens for what is nested.
        BigInteger number => Value.ForNumber((double)number),
        JValue token => ToProto(token.Value),
        JObject token => ToStruct(token.Properties().Select(p => KeyValuePair.Create(p.Name, (object?)p.Value))),
        IDictionary<string, object?> map => ToStruct(map),
        IEnumerable list => Value.ForList([.. list.Cast<object?>().Select(ToProto)]),
        _ => Value.ForString(Convert.ToString(value, CultureInfo.InvariantCulture) ?? ""),
    };

    public static object? ToCore(Value value) => value.KindCase switch
    {
        Value.KindOneofCase.None or Value.KindOneofCase.NullValue => null,
        Value.KindOneofCase.NumberValue => value.NumberValue,
        Value.KindOneofCase.StringValue => ToText(value.StringValue),
        Value.KindOneofCase.BoolValue => value.BoolValue,
        Value.KindOneofCase.StructValue => value.StructValue.Fields.ToDictionary(p => p.Key, p => ToCore(p.Value), StringComparer.Ordinal),
        Value.KindOneofCase.ListValue => value.ListValue.Values.Select(ToCore).ToList(),
        _ => throw new NotSupportedException($"A property value of kind {value.KindCase} is not known to this host."),
    };

    private static Value ToStruct(IEnumerable<KeyValuePair<string, object?>> fields)
    {
        Struct map = new();
        foreach ((string key, object? value) in fields)
        {
            map.Fields[key] = ToProto(value);
        }

        return Value.ForStruct(map);
    }

    private static object ToText(string text)
    {
        if (text.StartsWith(DateTimePrefix, StringComparison.Ordinal)
            && DateTime.TryParse(text[DateTimePrefix.Length..], CultureInfo.InvariantCulture, DateTimeStyles.RoundtripKind, out var time))
        {
            return time;
        }

        return text.StartsWith(DateTimeOffsetPrefix, StringComparison.Ordinal)
            && DateTimeOffset.TryParse(text[DateTimeOffsetPrefix.Length..], CultureInfo.InvariantCulture, DateTimeStyles.RoundtripKind, out var offset)
                ? offset
                : text;
    }
}
