using System.Globalization;
using System.Text.Json;

namespace SpotifyEtl.Functions.Tests.Transform;

/// <summary>A playlist of a raw file as the rules for table snapshot say.</summary>
internal sealed class OracleSnapshot(OracleDocument head)
{
    private readonly HashSet<long> _covered = [];
    private readonly List<(long End, bool HasNext)> _pages = [];
    private DateTime? _newest;
    private long? _total;
    private long _items;

    public OracleDocument Head => head;

    public long Position { get; private set; }

    public bool Continues(OracleDocument page) =>
        (page.SnapshotId == "" || page.SnapshotId == head.SnapshotId) && (page.ExtractedAt == "" || page.ExtractedAt == head.ExtractedAt);

    public void Begin(OracleDocument page)
    {
        Position = page.Offset ?? Position;
        _total = new[] { _total, page.Total }.Max();
        _pages.Add((Position, page.HasNext));
    }

    public void Take(JsonElement row)
    {
        _items++;
        _covered.Add(Position++);
        _pages[^1] = _pages[^1] with { End = Position };
        var added = JsonOracle.TimeOf(JsonOracle.TextOf(JsonOracle.Member(row, "added_at")));
        _newest = new[] { _newest, added }.Max();
    }

    public string[] Row(string rawFile)
    {
        var about = head.About;
        string Text(string name) => JsonOracle.StringOf(JsonOracle.Member(about, name));
        string Literal(JsonElement value) =>
            value.ValueKind is JsonValueKind.Number or JsonValueKind.True or JsonValueKind.False ? OracleDocument.NumberOf(value.GetRawText()) : "";
        var furthest = _pages.OrderBy(page => page.End).Last();
        var isWhole = !furthest.HasNext && _covered.Count == (_covered.Count == 0 ? 0 : _covered.Max() + 1) && !(_total > _covered.Count);
        var images = JsonOracle.Member(about, "images");
        var owner = JsonOracle.Member(about, "owner");
        return
        [
            head.PlaylistId, head.SnapshotId, head.ExtractedAt,
            head.ExtractedAt != "" ? head.ExtractedAt : _newest?.ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture) ?? "",
            head.ExtractedAt != "" ? "extracted_at" : _newest is null ? "" : "added_at",
            Text("name"),
            Text("description"),
            JsonOracle.StringOf(JsonOracle.Member(owner, "id")),
            JsonOracle.StringOf(JsonOracle.Member(owner, "display_name")),
            Literal(JsonOracle.Member(JsonOracle.Member(about, "followers"), "total")), Literal(JsonOracle.Member(about, "public")),
            Literal(JsonOracle.Member(about, "collaborative")),
            images.ValueKind == JsonValueKind.Array ? JsonOracle.StringOf(JsonOracle.Member(images.EnumerateArray().FirstOrDefault(), "url")) : "",
            $"{_total}", $"{_items}", isWhole ? "true" : "false", rawFile,
        ];
    }
}
