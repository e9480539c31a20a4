using System.Buffers;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.RegularExpressions;
using SpotifyEtl.Catalog;

namespace SpotifyEtl.Local.Formats;

/// <summary>
/// Writes rows as JSON objects. Values of numeric columns are numbers where JSON has them (NaN it has not), all others are strings.
/// </summary>
internal static partial class JsonOutput
{
    private const int FlushBytes = 32 * 1024;

    private static readonly JsonWriterOptions s_options = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    public static async Task<long> WriteAsync(QueryResult result, Stream output, CancellationToken cancellationToken)
    {
        var names = ColumnNames.Apart(result.Columns, StringComparer.Ordinal).Select(name => JsonEncodedText.Encode(name, s_options.Encoder)).ToList();
        var buffer = new ArrayBufferWriter<byte>(2 * FlushBytes);
        await using var writer = new Utf8JsonWriter(buffer, s_options);
        var count = 0L;
        buffer.Write("["u8);
        await foreach (var row in result.Rows.WithCancellation(cancellationToken))
        {
            buffer.Write(count == 0 ? "\n"u8 : ",\n"u8);
            WriteRow(writer, names, result.Columns, row);
            count++;
            if (buffer.WrittenCount >= FlushBytes)
            {
                await output.WriteAsync(buffer.WrittenMemory, cancellationToken);
                buffer.ResetWrittenCount();
            }
        }

        buffer.Write(count == 0 ? "]\n"u8 : "\n]\n"u8);
        await output.WriteAsync(buffer.WrittenMemory, cancellationToken);
        return count;
    }

    private static void WriteRow(Utf8JsonWriter writer, List<JsonEncodedText> names, IReadOnlyList<QueryColumn> columns, IReadOnlyList<string?> row)
    {
        writer.WriteStartObject();
        for (var i = 0; i < names.Count; i++)
        {
            writer.WritePropertyName(names[i]);
            if (row[i] is not { } value)
            {
                writer.WriteNullValue();
            }
            else if (columns[i].IsNumeric && Number().IsMatch(value))
            {
                writer.WriteRawValue(value, skipInputValidation: true);
            }
            else
            {
                writer.WriteStringValue(value);
            }
        }

        writer.WriteEndObject();
        writer.Flush();
        writer.Reset();
    }

    [GeneratedRegex(@"^-?(0|[1-9][0-9]*)(\.[0-9]+)?([eE][+-]?[0-9]+)?\z", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Number();
}
