using System.Buffers.Text;
using SpotifyEtl.Transform.Items;

namespace SpotifyEtl.Transform.Tables;

/// <summary>Reads the text of a CSV's cell as the type of its column.</summary>
internal static class TypedCell
{
    /// <summary>Whether the text is of the type. An empty one is a missing value, which every type has.</summary>
    public static bool IsOf(ColumnType type, ReadOnlySpan<byte> text) => text.IsEmpty || type switch
    {
        ColumnType.WholeNumber => TryInt(text, out _),
        ColumnType.Boolean => TryBoolean(text, out _),
        ColumnType.Date => TryDate(text, out _),
        ColumnType.Timestamp => TryTimestamp(text, out _),
        _ => true,
    };

    public static bool TryInt(ReadOnlySpan<byte> text, out int value) =>
        Utf8Parser.TryParse(text, out value, out var used) && used == text.Length && text[0] != '+';

    public static bool TryBoolean(ReadOnlySpan<byte> text, out bool value)
    {
        value = text.SequenceEqual("true"u8);
        return value || text.SequenceEqual("false"u8);
    }

    public static bool TryDate(ReadOnlySpan<byte> text, out DateTime value)
    {
        value = default;
        if (!ReleaseDate.IsDate(text))
        {
            return false;
        }

        value = UtcTime.DayOf(text);
        return true;
    }

    public static bool TryTimestamp(ReadOnlySpan<byte> text, out DateTime value) => UtcTime.TryParseMicroseconds(text, out value);

    /// <summary>A timestamp as microseconds since 1970.</summary>
    public static bool TryMicroseconds(ReadOnlySpan<byte> text, out long value)
    {
        var isTime = TryTimestamp(text, out var time);
        value = isTime ? (time.Ticks - DateTime.UnixEpoch.Ticks) / TimeSpan.TicksPerMicrosecond : 0;
        return isTime;
    }
}
