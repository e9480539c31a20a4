using System.Text.Json;

namespace SpotifyEtl.Spotify;

/// <summary>
/// What the playlist object says besides its rows; what ends in Json is text of it as received, and <c>RowsAreItems</c> is whether it speaks
/// of <c>items</c> or of <c>tracks</c>, if of one only.
/// </summary>
internal sealed record PlaylistHead(
    string? Name, string? SnapshotId, string NameJson, string SnapshotIdJson, string OwnerJson, string? OwnerId, bool? RowsAreItems)
{
    /// <summary>The head of a list that has none, such as a user's top tracks.</summary>
    public static readonly PlaylistHead None = new(null, null, "null", "null", "null", null, null);

    /// <summary>What is asked for; the totals tell whether the rows are under <c>items</c> or under <c>tracks</c>, as they were before 2026.</summary>
    public const string Fields = "id,name,snapshot_id,owner,items.total,tracks.total";

    /// <exception cref="JsonException">It is no JSON object.</exception>
    public static PlaylistHead Parse(ReadOnlyMemory<byte> body)
    {
        using var document = JsonDocument.Parse(body);
        var playlist = document.RootElement;
        if (playlist.ValueKind != JsonValueKind.Object)
        {
            throw new JsonException("The playlist is no JSON object.");
        }

        return new PlaylistHead(
            TextOf(playlist, "name"),
            TextOf(playlist, "snapshot_id"),
            RawOf(playlist, "name"),
            RawOf(playlist, "snapshot_id"),
            RawOf(playlist, "owner"),
            playlist.TryGetProperty("owner", out var owner) && owner.ValueKind == JsonValueKind.Object ? TextOf(owner, "id") : null,
            (IsObject(playlist, "items"), IsObject(playlist, "tracks")) switch
            {
                (true, false) => true,
                (false, true) => false,
                _ => null,
            });
    }

    private static string? TextOf(JsonElement playlist, string name) =>
        playlist.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.String ? value.GetString() : null;

    private static string RawOf(JsonElement playlist, string name) => playlist.TryGetProperty(name, out var value) ? value.GetRawText() : "null";

    private static bool IsObject(JsonElement playlist, string name) =>
        playlist.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.Object;
}
