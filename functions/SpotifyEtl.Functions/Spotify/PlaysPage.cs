using System.Globalization;
using System.Text.Json;

namespace SpotifyEtl.Spotify;

/// <summary>One page of what a user has played recently: where each row's bytes are in the page's body, when it was played, and where the page ends.</summary>
internal sealed class PlaysPage
{
    private readonly ReadOnlyMemory<byte> _body;
    private readonly List<(int Start, int End)> _rows = [];
    private readonly List<DateTimeOffset?> _times = [];

    private PlaysPage(ReadOnlyMemory<byte> body) => _body = body;

    public int Count => _rows.Count;

    /// <summary>The rows, byte for byte as they are in the body.</summary>
    public IEnumerable<ReadOnlyMemory<byte>> Rows => _rows.Select(row => _body[row.Start..row.End]);

    /// <summary>When each was played; null: it does not say.</summary>
    public IReadOnlyList<DateTimeOffset?> PlayedAt => _times;

    /// <summary>The cursor behind the page's newest row, in Unix milliseconds, if the page gives one.</summary>
    public long? After { get; private set; }

    /// <exception cref="JsonException">It is not whole JSON, or no page: an object with <c>items</c>.</exception>
    public static PlaysPage Parse(ReadOnlyMemory<byte> body)
    {
        var page = new PlaysPage(body);
        var reader = new Utf8JsonReader(body.Span);
        reader.Read();
        if (reader.TokenType != JsonTokenType.StartObject)
        {
            throw new JsonException("The page is no JSON object.");
        }

        var hasItems = false;
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            var (isItems, isCursors) = (ReceivedText.Is(ref reader, "items"u8), ReceivedText.Is(ref reader, "cursors"u8));
            reader.Read();
            if (isItems)
            {
                page.ReadRows(ref reader);
                hasItems = true;
            }
            else if (isCursors && reader.TokenType == JsonTokenType.StartObject)
            {
                page.ReadCursors(ref reader);
            }
            else
            {
                reader.Skip();
            }
        }

        // Reads on behind the object, so that anything there is found too.
        reader.Read();
        return hasItems ? page : throw new JsonException("The page lacks its items.");
    }

    private void ReadRows(ref Utf8JsonReader reader)
    {
        if (reader.TokenType != JsonTokenType.StartArray)
        {
            throw new JsonException("The page's items are no array.");
        }

        while (reader.Read() && reader.TokenType != JsonTokenType.EndArray)
        {
            var start = (int)reader.TokenStartIndex;
            _times.Add(ReadRow(ref reader));
            _rows.Add((start, (int)reader.BytesConsumed));
        }
    }

    private static DateTimeOffset? ReadRow(ref Utf8JsonReader reader)
    {
        DateTimeOffset? playedAt = null;
        if (reader.TokenType != JsonTokenType.StartObject)
        {
            reader.Skip();
            return null;
        }

        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            var isTime = ReceivedText.Is(ref reader, "played_at"u8);
            reader.Read();
            if (isTime && reader.TokenType == JsonTokenType.String
                && DateTimeOffset.TryParse(ReceivedText.Of(ref reader), CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var time))
            {
                playedAt = time;
            }

            reader.Skip();
        }

        return playedAt;
    }

    private void ReadCursors(ref Utf8JsonReader reader)
    {
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            var isAfter = ReceivedText.Is(ref reader, "after"u8);
            reader.Read();
            if (isAfter && reader.TokenType is JsonTokenType.String or JsonTokenType.Number
                && long.TryParse(
                    reader.TokenType is JsonTokenType.String ? ReceivedText.Of(ref reader) : System.Text.Encoding.ASCII.GetString(reader.ValueSpan),
                    NumberStyles.None,
                    CultureInfo.InvariantCulture,
                    out var after))
            {
                After = after;
            }

            reader.Skip();
        }
    }
}
