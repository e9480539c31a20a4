using System.Text.Json;

namespace SpotifyEtl.Spotify;

/// <summary>The playlist object without its rows: its bytes, and what of them the extraction goes by.</summary>
internal sealed record PlaylistHead
{
    private PlaylistHead(byte[] json) => Json = json;

    public string? Id { get; private init; }

    /// <summary>One JSON object, byte for byte as received but for the arrays of rows.</summary>
    public byte[] Json { get; }

    public string? Name { get; private init; }

    public string? SnapshotId { get; private init; }

    /// <summary>What is another when the rows are others: the snapshot, or for a list without one what stands in for it.</summary>
    public string? Version { get; private init; }

    public string? OwnerId { get; private init; }

    public bool IsCollaborative { get; private init; }

    /// <summary>Whether it speaks of <c>items</c> or, as before 2026, of <c>tracks</c>, if of one only.</summary>
    public bool? RowsAreItems { get; private init; }

    /// <summary>The head of a list of a user's, of which Spotify gives none, as a playlist's would be.</summary>
    public static PlaylistHead OfList(string id, string name, SpotifyUser owner, int total, string version)
    {
        using MemoryStream head = new();
        using (Utf8JsonWriter json = new(head))
        {
            json.WriteStartObject();
            json.WriteString("id", id);
            json.WriteString("name", name);
            json.WriteStartObject("owner");
            json.WriteString("id", owner.Id);
            json.WriteString("display_name", owner.Name);
            json.WriteEndObject();
            json.WriteNull("snapshot_id");
            json.WriteStartObject("items");
            json.WriteNumber("total", total);
            json.WriteEndObject();
            json.WriteEndObject();
        }

        return new PlaylistHead(head.ToArray()) { Id = id, Name = name, OwnerId = owner.Id, Version = version };
    }

    /// <exception cref="JsonException">It is no JSON object.</exception>
    public static PlaylistHead Parse(ReadOnlyMemory<byte> body)
    {
        var json = RowsCut.Of(body.Span);
        var (hasItems, hasTracks, isCollaborative) = (false, false, false);
        string? id = null, name = null, snapshotId = null, ownerId = null;
        var reader = new Utf8JsonReader(json);
        reader.Read();
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            var member = ReceivedText.Of(ref reader);
            reader.Read();
            var isObject = reader.TokenType == JsonTokenType.StartObject;
            switch (member)
            {
                case "id":
                    id = TextOf(ref reader);
                    break;
                case "collaborative":
                    isCollaborative = reader.TokenType == JsonTokenType.True;
                    break;
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
        return new PlaylistHead(json)
        {
            Id = id,
            Name = name,
            SnapshotId = snapshotId,
            Version = snapshotId,
            OwnerId = ownerId,
            IsCollaborative = isCollaborative,
            RowsAreItems = rowsAreItems,
        };
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
