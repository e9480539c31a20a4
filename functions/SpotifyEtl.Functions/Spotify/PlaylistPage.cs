using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;

namespace SpotifyEtl.Spotify;

/// <summary>One page of a playlist's rows: where each row's bytes are in the page's body, and what the page says of the whole.</summary>
internal sealed class PlaylistPage
{
    /// <summary>Far above what a playlist (10,000) or a user's library can have: a page that tells of more is no page.</summary>
    public const int MaxTotal = 1_000_000;

    private const int LongestShown = 40;

    private readonly ReadOnlyMemory<byte> _body;
    private readonly List<(int Start, int End)> _rows = [];

    private PlaylistPage(ReadOnlyMemory<byte> body) => _body = body;

    public int Count => _rows.Count;

    /// <summary>How many rows the playlist has.</summary>
    public int Total { get; private set; } = -1;

    /// <summary>How many rows stand before the page's first, if it says so.</summary>
    public int? Offset { get; private set; }

    /// <summary>Whether any row holds a track or an episode, or, being none of those, is an object with an id of its own.</summary>
    public bool HasReadable { get; private set; }

    /// <summary>The rows, byte for byte as they are in the body.</summary>
    public IEnumerable<ReadOnlyMemory<byte>> Rows => _rows.Select(row => _body[row.Start..row.End]);

    /// <summary>Tells this page from one with other rows, or of a list with another number of them.</summary>
    public string Fingerprint()
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        foreach (var row in Rows)
        {
            hash.AppendData(row.Span);
            hash.AppendData("\n"u8);
        }

        return string.Create(CultureInfo.InvariantCulture, $"{Total} {Convert.ToHexStringLower(hash.GetHashAndReset())}");
    }

    /// <exception cref="JsonException">It is not whole JSON, or no page: an object with <c>items</c> and <c>total</c>.</exception>
    /// <exception cref="HopelessRequestException">Its total is one that no list has.</exception>
    public static PlaylistPage Parse(ReadOnlyMemory<byte> body)
    {
        var page = new PlaylistPage(body);
        var reader = new Utf8JsonReader(body.Span);
        reader.Read();
        if (reader.TokenType != JsonTokenType.StartObject)
        {
            throw new JsonException("The page is no JSON object.");
        }

        var hasItems = false;
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            if (ReceivedText.Is(ref reader, "items"u8))
            {
                page.ReadRows(ref reader);
                hasItems = true;
            }
            else if (ReceivedText.Is(ref reader, "total"u8))
            {
                page.Total = ReadTotal(ref reader);
            }
            else if (ReceivedText.Is(ref reader, "offset"u8))
            {
                page.Offset = ReadOffset(ref reader);
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
            var isTrack = ReceivedText.Is(ref reader, "item"u8) || ReceivedText.Is(ref reader, "track"u8);
            var isId = ReceivedText.Is(ref reader, "id"u8);
            reader.Read();
            HasReadable |= (isTrack && reader.TokenType == JsonTokenType.StartObject) || (isId && reader.TokenType == JsonTokenType.String);
            reader.Skip();
        }
    }

    // A whole number that came as a float is one all the same.
    private static int ReadTotal(ref Utf8JsonReader reader)
    {
        reader.Read();
        if (reader.TokenType != JsonTokenType.Number)
        {
            reader.Skip();
            return -1;
        }

        if (reader.TryGetDouble(out var total) && total is >= 0 and <= MaxTotal && double.IsInteger(total))
        {
            return (int)total;
        }

        var said = Encoding.ASCII.GetString(reader.ValueSpan[..Math.Min(reader.ValueSpan.Length, LongestShown)]);
        throw new HopelessRequestException(
            string.Create(
                CultureInfo.InvariantCulture,
                $"Spotify says that the list has {said} rows, and none has fewer than 0 or more than {MaxTotal:N0}. Try again later; if it stays so, check "
                + $"Spotify__ApiBaseUrl, if it is set, and any proxy in between."),
            HopelessRequestException.AFewTries);
    }

    private static int? ReadOffset(ref Utf8JsonReader reader)
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
