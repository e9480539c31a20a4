using System.Diagnostics;
using System.Text.Json;
using SpotifyEtl.Transform.Json;

namespace SpotifyEtl.Transform.Documents;

/// <summary>Says what is wrong with a raw file, and where, once reading it has failed.</summary>
internal sealed class RawFileDefects(RawFileWindow window, RawFileLimits limits)
{
    // Reads once more what is in the window, and all of it, to tell the place.
    public DefectException Invalid(JsonReaderState state)
    {
        var reader = new Utf8JsonReader(window.Unused, isFinalBlock: false, state);
        try
        {
            while (reader.Read())
            {
            }
        }
        catch (JsonException exception)
        {
            return Invalid(ref reader, state, exception);
        }

        throw new UnreachableException("What was not JSON is JSON when it is read again.");
    }

    // The lines that a reader counts are some way behind the file's, by what no reader has seen: a byte order mark, market codes.
    private DefectException Invalid(ref Utf8JsonReader reader, JsonReaderState state, JsonException exception)
    {
        var start = PlaceOf(state);
        var line = exception.LineNumber.GetValueOrDefault();
        var offset = exception.BytePositionInLine.GetValueOrDefault();
        offset = line == start.Line ? offset - start.ByteInLine : window.OffsetOfUnusedLine(line - start.Line) + offset;
        var unused = window.Unused.AsSpan();
        if (offset < 0 || offset >= unused.Length)
        {
            offset = Math.Min(reader.BytesConsumed, unused.Length - 1);
        }

        var position = window.Locate(window.Offset + offset);
        var found = unused[(int)offset];
        var depth = reader.CurrentDepth + (reader.TokenType is JsonTokenType.StartArray or JsonTokenType.StartObject ? 1 : 0);
        return depth >= RawFileReader.MaxDepth && found is (byte)'[' or (byte)'{'
            ? new DefectException(DefectReasons.TooDeep, $"The file's JSON is nested deeper than {RawFileReader.MaxDepth} levels at {position}.", position)
            : new DefectException(DefectReasons.NotJson, $"The file is not valid JSON: {Show(found)} is not allowed at {position}.", position);
    }

    /// <summary>Where a reader in this state believes to be. It tells when it meets what is never allowed.</summary>
    private static (long Line, long ByteInLine) PlaceOf(JsonReaderState state)
    {
        var reader = new Utf8JsonReader("\0"u8, isFinalBlock: true, state);
        try
        {
            reader.Read();
            throw new InvalidOperationException("A JSON reader took a zero byte.");
        }
        catch (JsonException exception)
        {
            return (exception.LineNumber.GetValueOrDefault(), exception.BytePositionInLine.GetValueOrDefault());
        }
    }

    private static string Show(byte found) => found is > (byte)' ' and < 0x7F ? $"'{(char)found}'" : $"the byte 0x{found:X2}";

    public DefectException Truncated()
    {
        var position = window.Locate(window.Offset + window.Unused.Count);
        return new DefectException(DefectReasons.Truncated, $"The file ends in the middle of its JSON, at {position}: it was cut off.", position);
    }

    public DefectException TooLarge()
    {
        var position = window.Locate(window.Offset);
        return new DefectException(
            DefectReasons.TooLarge, $"A row or value larger than {limits.MaxRowBytes} bytes begins at {position}: no playlist has such rows.", position);
    }
}
