using System.Text.Json;

namespace SpotifyEtl.Spotify;

/// <summary>One page of a playlist's rows: where each row's bytes are in the page's body, and what the page says of the whole.</summary>
internal sealed class PlaylistPage
{
    private readonly byte[] _body;
    private readonly List<(int Start, int End)> _rows = [];

    private PlaylistPage(byte[] body) => _body = body;

    public int Count => _rows.Count;

    /// <summary>How many rows the playlist has.</summary>
    public int Total { get; private set; } = -1;

    /// <summary>How many rows stand before the page's first, if it says so.</summary>
    public int? Offset { get; private set; }

    /// <summary>Whether any row holds a track or an episode, or, being none of those, is an object with an id of its own.</summary>
    public bool HasReadable { get; private set; }

    /// <summary>The rows, byte for byte as they are in the body.</summary>
    public IEnumerable<ReadOnlyMemory<byte>> Rows => _rows.Select(row => (ReadOnlyMemory<byte>)_body.AsMemory(row.Start..row.End));

    /// <exception cref="JsonException">It is not whole JSON, or no page: an object with <c>items</c> and <c>total</c>.</exception>
    public static PlaylistPage Parse(byte[] body)
    {
        var page = new PlaylistPage(body);
        var reader = new Utf8JsonReader(body);
        reader.Read();
        if (reader.TokenType != JsonTokenType.StartObject)
        {
            throw new JsonException("The page is no JSON object.");
        }

        var hasItems = false;
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            if (reader.ValueTextEquals("items"u8))
            {
                page.ReadRows(ref reader);
                hasItems = true;
            }
            else if (reader.ValueTextEquals("total"u8))
            {
                page.Total = ReadCount(ref reader) ?? -1;
            }
            else if (reader.ValueTextEquals("offset"u8))
            {
                page.Offset = ReadCount(ref reader);
            }
            else
            {
                reader.Skip();
            }
        }

        // Reads on behind the object, so that anything there is found too.
        reader.Read();
        return hasItems && page.Total >= 0 ? page : throw new JsonException("The page lacks its items or its total.");
    }

    private void ReadRows(ref Utf8JsonReader reader)
    {
        reader.Read();
        if (reader.TokenType != JsonTokenType.StartArray)
        {
            throw new JsonException("The page's items are no array.");
        }

        _rows.Clear();
        while (reader.Read() && reader.TokenType != JsonTokenType.EndArray)
        {
            var start = (int)reader.TokenStartIndex;
            SkipRow(ref reader);
            _rows.Add((start, (int)reader.BytesConsumed));
        }
    }

    private void SkipRow(ref Utf8JsonReader reader)
    {
        if (HasReadable || reader.TokenType != JsonTokenType.StartObject)
        {
            reader.Skip();
            return;
        }

        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            var isTrack = reader.ValueTextEquals("item"u8) || reader.ValueTextEquals("track"u8);
            var isId = reader.ValueTextEquals("id"u8);
            reader.Read();
            HasReadable |= (isTrack && reader.TokenType == JsonTokenType.StartObject) || (isId && reader.TokenType == JsonTokenType.String);
            reader.Skip();
        }
    }

    private static int? ReadCount(ref Utf8JsonReader reader)
    {
        reader.Read();
        if (reader.TokenType == JsonTokenType.Number && reader.TryGetInt32(out var count))
        {
            return count;
        }

        reader.Skip();
        return null;
    }
}
