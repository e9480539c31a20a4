using System.Globalization;
using System.Text;
using System.Text.Json;
using System.Text.RegularExpressions;
using SpotifyEtl.Lake;
using SpotifyEtl.Transform.Tables;

namespace SpotifyEtl.Functions.Tests.Transform;

/// <summary>
/// A second, plain transform written from the lake's rules over a whole JSON tree: what the tables should hold, cell by cell, or that the
/// file should be refused.
/// </summary>
internal sealed partial class JsonOracle
{
    private readonly Dictionary<string, List<string[]>> _tables = Tables.ToDictionary(table => table.Name, _ => new List<string[]>(), StringComparer.Ordinal);
    private readonly RawFileName _file;
    private JsonElement[] _rows = [];
    private string _playlistId = "";
    private string _snapshotId = "";
    private string _extractedAt = "";

    private JsonOracle(RawFileName file) => _file = file;

    /// <summary>The tables whose rules it knows.</summary>
    public static IReadOnlyList<Table> Tables { get; } = [Table.Album, Table.Artist, Table.Song, Table.Playlist, Table.SongArtist, Table.Rejected];

    /// <summary>Why the file should be refused; null when it should be loaded. "not_json" stands for every kind of broken JSON.</summary>
    public string? Defect { get; private set; }

    public int Items => _rows.Length;

    public IReadOnlyList<string[]> this[Table table] => _tables[table.Name];

    public static JsonOracle Read(byte[] raw, string name, double maxRejectedShare = 0.5)
    {
        var oracle = new JsonOracle(new RawFileName(name));
        try
        {
            var json = MendSurrogates(Encoding.UTF8.GetString(raw).TrimStart('\uFEFF'));
            using var document = JsonDocument.Parse(json, new JsonDocumentOptions { MaxDepth = 256 });
            oracle.Load(document.RootElement, maxRejectedShare);
        }
        catch (JsonException)
        {
            oracle.Defect = "not_json";
        }

        return oracle;
    }

    // Half surrogate pairs are legal in JSON's grammar and illegal in .NET strings.
    private static string MendSurrogates(string json) => SurrogateEscape().Replace(
        json, escape => escape.Groups["half"].Success ? @"\ufffd" : escape.Value);

    [GeneratedRegex(
        @"\\u[dD][89abAB][0-9a-fA-F]{2}\\u[dD][c-fC-F][0-9a-fA-F]{2}|(?<half>\\u[dD][89a-fA-F][0-9a-fA-F]{2})|\\.",
        RegexOptions.Singleline, 10_000)]
    private static partial Regex SurrogateEscape();

    private void Load(JsonElement root, double maxRejectedShare)
    {
        if (root.ValueKind == JsonValueKind.Array)
        {
            var elements = root.EnumerateArray().ToArray();
            var isDocument = elements.Length == 1 && elements[0].ValueKind == JsonValueKind.Object
                && !new[] { "track", "item", "added_at" }.Any(key => elements[0].TryGetProperty(key, out _));
            if (!isDocument || (Containers(elements[0]).Count == 0 && IsBareTrack(elements[0])))
            {
                (_rows, _playlistId, _extractedAt) = (elements, _file.PlaylistId ?? "", NameTime());
            }
            else
            {
                LoadDocument(elements[0], isOwn: false);
            }
        }
        else
        {
            LoadDocument(root, IsOwn(root));
        }

        for (var i = 0; i < _rows.Length && Defect is null; i++)
        {
            LoadRow(_rows[i], i);
        }

        Defect ??= this[Table.Rejected].Count > maxRejectedShare * _rows.Length ? "mostly_rejected" : null;
    }

    private static bool IsOwn(JsonElement root) =>
        root.ValueKind == JsonValueKind.Object
        && root.EnumerateObject().Take(3).Select(member => (member.Name, member.Value.ValueKind)).ToArray()
            is [("playlist", JsonValueKind.Object), ("extracted_at", _), ("items", JsonValueKind.Array)];

    private static List<(string Key, JsonElement Rows, bool IsPage)> Containers(JsonElement document)
    {
        List<(string, JsonElement, bool)> found = [];
        foreach (var member in document.EnumerateObject().Where(member => member.Name is "items" or "tracks"))
        {
            if (member is { Name: "items", Value.ValueKind: JsonValueKind.Array })
            {
                found.Add(("items", member.Value, true));
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

    private void LoadDocument(JsonElement document, bool isOwn)
    {
        var containers = document.ValueKind == JsonValueKind.Object ? Containers(document) : [];
        if (containers.Count == 0)
        {
            Defect = "unknown_shape";
            return;
        }

        if (containers.GroupBy(container => container.Key, StringComparer.Ordinal).Any(key => key.Count() > 1))
        {
            Defect = "duplicate_rows";
            return;
        }

        var (_, rows, isPage) = containers.OrderBy(container => container.Key, StringComparer.Ordinal).First();
        var about = !isPage ? document : isOwn ? document.EnumerateObject().First().Value : Member(document, "playlist");
        var time = isOwn ? document.EnumerateObject().ElementAt(1).Value : Member(document, "extracted_at");
        _rows = [.. rows.EnumerateArray()];
        _playlistId = StringOf(Member(about, "id")) is { Length: > 0 } id ? id : _file.PlaylistId ?? "";
        _snapshotId = StringOf(Member(about, "snapshot_id"));
        _extractedAt = TimeOf(StringOf(time)) is { } utc ? utc.ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture) : NameTime();
    }

    private string NameTime() => _file.ExtractedAt?.ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture) ?? "";

    private void LoadRow(JsonElement row, int index)
    {
        var track = Member(row, "item");
        track = track.ValueKind == JsonValueKind.Object ? track : Member(row, "track");
        track = track.ValueKind == JsonValueKind.Object ? track : IsBareTrack(row) ? row : default;
        var album = Member(track, "album");
        var reason =
            track.ValueKind != JsonValueKind.Object ? "no_track"
            : StringOf(Member(track, "type")) == "episode" ? "episode"
            : Member(row, "is_local").ValueKind == JsonValueKind.True || Member(track, "is_local").ValueKind == JsonValueKind.True ? "local_track"
            : StringOf(Member(track, "id")) == "" ? "no_id"
            : StringOf(Member(album, "id")) == "" ? "no_album"
            : null;
        if (reason is not null)
        {
            Add(Table.Rejected, _file.Name, $"{index}", reason, Detail(row, track));
            return;
        }

        var songId = StringOf(Member(track, "id"));
        var albumId = StringOf(Member(album, "id"));
        var artists = Artists(track);
        var added = TimeOf(TextOf(Member(row, "added_at")))?.ToString("yyyy-MM-dd HH:mm:ss'+00:00'", CultureInfo.InvariantCulture) ?? "";
        Add(Table.Playlist, _playlistId, _snapshotId, _extractedAt, $"{index + 1}", songId, added);
        if (IsNew(Table.Song, songId))
        {
            Add(Table.Song, songId, TextOf(Member(track, "name")), TextOf(Member(track, "duration_ms")),
                TextOf(Member(Member(track, "external_urls"), "spotify")),
                TextOf(Member(track, "popularity")), added, albumId, artists.Length > 0 ? StringOf(Member(artists[0], "id")) : "",
                TextOf(Member(track, "explicit")), TextOf(Member(Member(track, "external_ids"), "isrc")), _extractedAt);
            for (var i = 0; i < artists.Length; i++)
            {
                Add(Table.SongArtist, songId, StringOf(Member(artists[i], "id")), $"{i + 1}", _extractedAt);
            }
        }

        if (IsNew(Table.Album, albumId))
        {
            Add(Table.Album, albumId, TextOf(Member(album, "name")), DateOf(TextOf(Member(album, "release_date"))),
                TextOf(Member(album, "total_tracks")),
                TextOf(Member(Member(album, "external_urls"), "spotify")), TextOf(Member(album, "release_date_precision")),
                TextOf(Member(album, "album_type")), _extractedAt);
        }

        foreach (var artist in artists.Concat(Artists(album)).Where(artist => IsNew(Table.Artist, StringOf(Member(artist, "id")))))
        {
            Add(Table.Artist, StringOf(Member(artist, "id")), TextOf(Member(artist, "name")),
                TextOf(Member(Member(artist, "external_urls"), "spotify")), _extractedAt);
        }
    }

    private static string Detail(JsonElement row, JsonElement track)
    {
        var about = track.ValueKind == JsonValueKind.Object ? track : row;
        string[] known = [TextOf(Member(about, "name")), TextOf(Member(about, "uri"))];
        return known switch
        {
            ["", ""] when track.ValueKind == JsonValueKind.Object => "",
            ["", ""] => row.ValueKind switch
            {
                JsonValueKind.Object => "neither item nor track is an object",
                JsonValueKind.True or JsonValueKind.False => "the row is true or false",
                JsonValueKind.Null => "the row is null",
                JsonValueKind.Array => "the row is an array",
                var kind => $"the row is a {(kind == JsonValueKind.Number ? "number" : "string")}",
            },
            [var name, ""] => name,
            ["", var uri] => uri,
            [var name, var uri] => $"{name} ({uri})",
            _ => throw new InvalidOperationException(),
        };
    }

    private static bool IsBareTrack(JsonElement row) =>
        row.ValueKind == JsonValueKind.Object && !row.TryGetProperty("added_at", out _)
        && (StringOf(Member(row, "type")) is "track" or "episode" || Member(row, "album").ValueKind == JsonValueKind.Object
            || Member(row, "artists").ValueKind == JsonValueKind.Array);

    private static JsonElement[] Artists(JsonElement owner) =>
        Member(owner, "artists") is { ValueKind: JsonValueKind.Array } list
            ? [.. list.EnumerateArray().Where(artist => StringOf(Member(artist, "id")) != "")]
            : [];

    private static JsonElement Member(JsonElement owner, string name) =>
        owner.ValueKind == JsonValueKind.Object && owner.TryGetProperty(name, out var value) ? value : default;

    private static string StringOf(JsonElement value) => value.ValueKind == JsonValueKind.String ? TextOf(value) : "";

    private static string TextOf(JsonElement value) => value.ValueKind switch
    {
        JsonValueKind.String => value.GetString()!.Replace("\r\n", " ", StringComparison.Ordinal).Replace('\r', ' ').Replace('\n', ' '),
        JsonValueKind.Number or JsonValueKind.True or JsonValueKind.False => value.GetRawText(),
        _ => "",
    };

    private static DateTime? TimeOf(string text)
    {
        var match = IsoTime().Match(text);
        if (!match.Success || !DateTime.TryParseExact(
            $"{match.Groups["day"]} {match.Groups["minute"]}:{(match.Groups["second"].Success ? match.Groups["second"].Value : "00")}", "yyyy-MM-dd HH:mm:ss",
            CultureInfo.InvariantCulture, DateTimeStyles.None, out var time))
        {
            return null;
        }

        try
        {
            return match.Groups["sign"].Value switch
            {
                "" => time,
                var sign => time - ((sign == "-" ? -1 : 1) * (TimeSpan.FromHours(Number("hours")) + TimeSpan.FromMinutes(Number("minutes")))),
            };
        }
        catch (ArgumentOutOfRangeException)
        {
            return null;
        }

        int Number(string group) => match.Groups[group].Success ? int.Parse(match.Groups[group].Value, CultureInfo.InvariantCulture) : 0;
    }

    [GeneratedRegex(
        @"^(?<day>[0-9]{4}-[0-9]{2}-[0-9]{2})T(?<minute>[0-9]{2}:[0-9]{2})(:(?<second>[0-9]{2})([.,][0-9]+)?)?"
        + @"(Z|(?<sign>[+-])(?<hours>[01][0-9]|2[0-3])(:?(?<minutes>[0-5][0-9]))?)?\z",
        RegexOptions.ExplicitCapture, 10_000)]
    private static partial Regex IsoTime();

    private static string DateOf(string text) =>
        DateOnly.TryParseExact(text, ["yyyy", "yyyy-MM", "yyyy-MM-dd"], CultureInfo.InvariantCulture, DateTimeStyles.None, out var date)
            ? date.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture)
            : "";

    private bool IsNew(Table table, string id) => !_tables[table.Name].Exists(row => row[0] == id);

    private void Add(Table table, params string[] row) => _tables[table.Name].Add(row);
}
