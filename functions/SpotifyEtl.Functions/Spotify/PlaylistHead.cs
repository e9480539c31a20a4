using System.Text;
using System.Text.Json;

namespace SpotifyEtl.Spotify;

/// <summary>The playlist object without its rows: its bytes, and what of them the extraction goes by.</summary>
internal sealed record PlaylistHead
{
    private PlaylistHead(byte[] json) => Json = json;

    /// <summary>One JSON object, byte for byte as received but for the arrays of rows.</summary>
    public byte[] Json { get; }

    public string? Name { get; private init; }

    public string? SnapshotId { get; private init; }

    public string? OwnerId { get; private init; }

    /// <summary>Whether it speaks of <c>items</c> or, as before 2026, of <c>tracks</c>, if of one only.</summary>
    public bool? RowsAreItems { get; private init; }

    /// <summary>The head of a list that has none, such as a user's top tracks.</summary>
    public static PlaylistHead OfList(PlaylistId id) =>
        new(Encoding.UTF8.GetBytes($$"""{"id":"{{id}}","name":null,"snapshot_id":null,"owner":null}"""));

    /// <exception cref="JsonException">It is no JSON object.</exception>
    public static PlaylistHead Parse(ReadOnlyMemory<byte> body)
    {
        var json = RowsCut.Of(body.Span);
        var (hasItems, hasTracks) = (false, false);
        string? name = null, snapshotId = null, ownerId = null;
        var reader = new Utf8JsonReader(json);
        reader.Read();
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            var member = ReceivedText.Of(ref reader);
            reader.Read();
            var isObject = reader.TokenType == JsonTokenType.StartObject;
            switch (member)
            {
                case "name":
                    name = TextOf(ref reader);
                    break;
                case "snapshot_id":
                    snapshotId = TextOf(ref reader);
                    break;
                case "owner":
                    ownerId = IdOf(ref reader);
                    break;
                case "items":
                    hasItems = isObject;
                    break;
                case "tracks":
                    hasTracks = isObject;
                    break;
            }

            reader.Skip();
        }

        bool? rowsAreItems = hasItems == hasTracks ? null : hasItems;
        return new PlaylistHead(json) { Name = name, SnapshotId = snapshotId, OwnerId = ownerId, RowsAreItems = rowsAreItems };
    }

    private static string? IdOf(ref Utf8JsonReader reader)
    {
        string? id = null;
        if (reader.TokenType == JsonTokenType.StartObject)
        {
            while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
            {
                var isId = ReceivedText.Is(ref reader, "id"u8);
                reader.Read();
                id = isId ? TextOf(ref reader) : id;
                reader.Skip();
            }
        }

        return id;
    }

    private static string? TextOf(ref Utf8JsonReader reader) => reader.TokenType == JsonTokenType.String ? ReceivedText.Of(ref reader) : null;
}
