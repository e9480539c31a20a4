using System.Globalization;
using System.Text.Json;
using System.Text.RegularExpressions;
using SpotifyEtl.Lake;

namespace SpotifyEtl.Functions.Tests.Transform;

/// <summary>A document of a raw file as the rules for shapes and heads say: its rows, and what is said of them.</summary>
internal sealed partial record OracleDocument(JsonElement[] Rows, string PlaylistId, string SnapshotId, string ExtractedAt, JsonElement About)
{
    private static readonly string[] s_searched = ["albums", "artists", "playlists", "shows", "episodes", "audiobooks"];

    // Of a document of our own it is not looked at, nor of rows none of which is an object.
    private JsonElement? FirstRow { get; init; }

    /// <summary>Whether its rows are plays.</summary>
    public bool ArePlays => FirstRow is { } row && WasPlayed(row);

    public long? Offset { get; private init; }

    public bool HasNext { get; private init; }

    public long? Total { get; private init; }

    /// <summary>The documents of a file's values in the order in which they are loaded, or why the file should be refused.</summary>
    public static (IReadOnlyList<OracleDocument> Documents, string? Defect) In(IReadOnlyList<JsonElement> values, RawFileName file)
    {
        List<(bool IsOwn, OracleDocument Document)> found = [];
        var defect = Find(values, file, isFile: true, found);
        return ([.. found.OrderByDescending(one => one.IsOwn).Select(one => one.Document)], defect);
    }

    /// <summary>Whether documents none of whose rows has a track are known to be something else, by their first row.</summary>
    public static bool IsNamed(IReadOnlyList<OracleDocument> documents)
    {
        var row = documents.Select(document => document.FirstRow).FirstOrDefault(first => first is not null) ?? default;
        return row.ValueKind == JsonValueKind.Object && (HasRowKey(row)
            ? !row.TryGetProperty("track", out _) && !row.TryGetProperty("item", out _)
                && new[] { "album", "show", "episode" }.Any(key => Member(row, key).ValueKind == JsonValueKind.Object)
            : StringOf(Member(row, "type")) is "album" or "artist" or "playlist" or "show" or "audiobook" or "chapter" or "user");
    }

    private static string? Find(IReadOnlyList<JsonElement> elements, RawFileName file, bool isFile, List<(bool, OracleDocument)> found)
    {
        bool IsDocument(JsonElement element) => (isFile && element.ValueKind == JsonValueKind.Array) || HasRows(element, isFile);
        var first = elements.FirstOrDefault(element => IsDocument(element) || IsRow(element));
        if (first.ValueKind == JsonValueKind.Undefined || !IsDocument(first))
        {
            var isListed = first.ValueKind != JsonValueKind.Undefined;
            var shown = isListed ? first : elements.FirstOrDefault(element => element.ValueKind == JsonValueKind.Object);
            if (!isListed && elements.Count == 1 && (isFile || shown.ValueKind == JsonValueKind.Object))
            {
                return "unknown_shape";
            }

            found.Add((false, new OracleDocument([.. elements], file.PlaylistId ?? "", "", NameTime(file), default)
            {
                FirstRow = shown.ValueKind == JsonValueKind.Object ? shown : null,
            }));
            return null;
        }

        if (elements.Any(element => !IsDocument(element)))
        {
            return "unknown_shape";
        }

        string? defect = null;
        foreach (var element in elements)
        {
            var bad = element.ValueKind == JsonValueKind.Array
                ? Find([.. element.EnumerateArray()], file, isFile: false, found)
                : Read(element, file, isFile && IsOwn(element), found);
            defect ??= bad;
        }

        return defect;
    }

    private static string? Read(JsonElement document, RawFileName file, bool isOwn, List<(bool, OracleDocument)> found)
    {
        var containers = Containers(document);
        if (containers.GroupBy(container => container.Key, StringComparer.Ordinal).Any(key => key.Count() > 1))
        {
            return "duplicate_rows";
        }

        var (key, rows, isPage) = containers.OrderBy(container => container.Key, StringComparer.Ordinal).First();
        var type = StringOf(Member(document, "type"));
        if (!isOwn && (s_searched.Any(name => Member(document, name).ValueKind == JsonValueKind.Object)
            || (StringOf(Member(document, "href")) + StringOf(Member(Member(document, "tracks"), "href"))).Contains("/v1/search", StringComparison.Ordinal)
            || (Member(document, "tracks").ValueKind == JsonValueKind.Array
                && s_searched.Any(name => Member(document, name).ValueKind == JsonValueKind.Array))
            || (type is not ("" or "playlist" or "track") && IsKnown(document, type))))
        {
            return "unknown_shape";
        }

        var isInPlaylist = isPage && key == "items";
        var about = isOwn ? document.EnumerateObject().First().Value : isInPlaylist ? Member(document, "playlist") : document;
        var page = isOwn ? default : isInPlaylist ? document : Member(document, key);
        var time = isOwn ? document.EnumerateObject().ElementAt(1).Value : Member(document, "extracted_at");
        string[] ids = [StringOf(Member(about, "id")), IdIn(Member(about, "href")), IdIn(Member(page, "href")), file.PlaylistId ?? ""];
        found.Add((isOwn, new OracleDocument(
            [.. rows.EnumerateArray()],
            Array.Find(ids, id => id != "") ?? "",
            StringOf(Member(about, "snapshot_id")),
            JsonOracle.TimeOf(StringOf(time)) is { } utc ? utc.ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture) : NameTime(file),
            about)
        {
            FirstRow = isOwn ? null : rows.EnumerateArray().FirstOrDefault(),
            Offset = Count(Member(page, "offset")) is { } offset && offset <= 1L << 40 ? offset : null,
            HasNext = Member(page, "next") is { ValueKind: JsonValueKind.String } next && next.GetRawText() != "\"\"",
            Total = Count(Member(page, "total")) ?? Count(Member(Member(about, "items"), "total")) ?? Count(Member(Member(about, "tracks"), "total")),
        }));
        return null;
    }

    /// <summary>The text of a whole number without fraction and exponent, that of any other number as it is.</summary>
    public static string NumberOf(string text) => IsFloat().IsMatch(text) && Whole(text) is { } whole ? whole.ToString(CultureInfo.InvariantCulture) : text;

    private static long? Count(JsonElement value) =>
        value.ValueKind == JsonValueKind.Number && Whole(value.GetRawText()) is { } whole && whole >= 0 ? whole : null;

    private static long? Whole(string text) =>
        long.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var plain) ? plain
        : text.Length <= 28 && decimal.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var number) && number % 1 == 0
            && number is >= long.MinValue and <= long.MaxValue ? (long)number
        : null;

    private static bool IsKnown(JsonElement document, string type) =>
        type is "album" or "artist" or "episode" or "audiobook" or "show" or "chapter" or "user" || IsPlayer(document)
        || Member(document, "playlists").ValueKind == JsonValueKind.Array || Member(document, "audio_features").ValueKind == JsonValueKind.Array
        || s_searched.Any(name => document.TryGetProperty(name, out _));

    private static bool IsOwn(JsonElement document) =>
        document.EnumerateObject().Take(3).Select(member => (member.Name, member.Value.ValueKind)).ToArray()
            is [("playlist", JsonValueKind.Object), ("extracted_at", _), ("items", JsonValueKind.Array)];

    private static bool HasRows(JsonElement element, bool isFile) =>
        element.ValueKind == JsonValueKind.Object && Containers(element).Count > 0 && (isFile || !HasRowKey(element));

    private static bool IsRow(JsonElement element) =>
        element.ValueKind == JsonValueKind.Object && !IsPlayer(element)
        && (HasRowKey(element) || Member(element, "album").ValueKind == JsonValueKind.Object
            || Member(element, "artists").ValueKind == JsonValueKind.Array || StringOf(Member(element, "type")) is "track" or "episode"
            || WasPlayed(element));

    private static bool HasRowKey(JsonElement element) => new[] { "track", "item", "added_at" }.Any(key => element.TryGetProperty(key, out _));

    private static bool IsPlayer(JsonElement element) =>
        new[] { "currently_playing_type", "is_playing", "queue" }.Any(key => element.TryGetProperty(key, out _));

    private static bool WasPlayed(JsonElement row)
    {
        bool Has(params string[] keys) => row.ValueKind == JsonValueKind.Object && keys.All(key => row.TryGetProperty(key, out _));
        return row.ValueKind == JsonValueKind.Object && !IsPlayer(row)
            && (Has("played_at") || Has("endTime", "msPlayed") || Has("ts", "ms_played"));
    }

    private static List<(string Key, JsonElement Rows, bool IsPage)> Containers(JsonElement document)
    {
        List<(string, JsonElement, bool)> found = [];
        foreach (var member in document.EnumerateObject().Where(member => member.Name is "items" or "tracks"))
        {
            if (member.Value.ValueKind == JsonValueKind.Array)
            {
                found.Add((member.Name, member.Value, true));
            }
            else if (member.Value.ValueKind == JsonValueKind.Object)
            {
                found.AddRange(member.Value.EnumerateObject()
                    .Where(inner => inner is { Name: "items", Value.ValueKind: JsonValueKind.Array })
                    .Select(inner => (member.Name, inner.Value, false)));
            }
        }

        return found;
    }

    private static string IdIn(JsonElement href) => PlaylistHref().Match(StringOf(href)).Groups["id"].Value;

    private static string NameTime(RawFileName file) => file.ExtractedAt?.ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture) ?? "";

    private static JsonElement Member(JsonElement owner, string name) => JsonOracle.Member(owner, name);

    private static string StringOf(JsonElement value) => JsonOracle.StringOf(value);

    [GeneratedRegex("^.*?/playlists/(?<id>[0-9A-Za-z]{22})([/?#]|\\z)", RegexOptions.ExplicitCapture | RegexOptions.Singleline, 10_000)]
    private static partial Regex PlaylistHref();

    [GeneratedRegex("[.eE]", RegexOptions.None, 10_000)]
    private static partial Regex IsFloat();
}
