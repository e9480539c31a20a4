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
    private OracleSnapshot _snapshot = null!;

    private JsonOracle(RawFileName file) => _file = file;

    /// <summary>The tables whose rules it knows.</summary>
    public static IReadOnlyList<Table> Tables { get; } =
    [
        Table.Album, Table.Artist, Table.Song, Table.Playlist, Table.SongArtist, Table.Snapshot, Table.Play, Table.Rejected
    ];

    /// <summary>Why the file should be refused; null when it should be loaded. "not_json" stands for every kind of broken JSON.</summary>
    public string? Defect { get; private set; }

    public int Items { get; private set; }

    public IReadOnlyList<string[]> this[Table table] => _tables[table.Name];

    public static JsonOracle Read(byte[] raw, string name, double maxRejectedShare = 0.5)
    {
        var oracle = new JsonOracle(new RawFileName(name));
        try
        {
            var json = MendSurrogates(Encoding.UTF8.GetString(raw).TrimStart('\uFEFF'));
            oracle.Load(Values(json), maxRejectedShare);
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

    private static List<JsonElement> Values(string json)
    {
        Utf8JsonReader reader = new(Encoding.UTF8.GetBytes(json), new JsonReaderOptions { MaxDepth = 256, AllowMultipleValues = true });
        List<JsonElement> values = [];
        while (reader.Read())
        {
            values.Add(JsonElement.ParseValue(ref reader));
        }

        return values.Count > 0 ? values : throw new JsonException("empty");
    }

    private void Load(IReadOnlyList<JsonElement> values, double maxRejectedShare)
    {
        (var documents, Defect) = OracleDocument.In(values, _file);
        if (Defect is not null)
        {
            return;
        }

        List<OracleSnapshot> snapshots = [];
        foreach (var document in documents)
        {
            if (document.ArePlays)
            {
                foreach (var row in document.Rows)
                {
                    LoadPlay(row, Items++, document.ExtractedAt);
                }

                continue;
            }

            var newest = snapshots.FindLast(snapshot => snapshot.Head.PlaylistId == document.PlaylistId);
            if (newest?.Continues(document) != true)
            {
                newest = new OracleSnapshot(document);
                snapshots.Add(newest);
            }

            _snapshot = newest;
            _snapshot.Begin(document);
            foreach (var row in document.Rows)
            {
                _snapshot.Take(row);
                LoadRow(row, Items++);
            }
        }

        var rejected = this[Table.Rejected].Count;
        if (rejected > maxRejectedShare * Items)
        {
            Defect = rejected == Items && OracleDocument.IsNamed(documents) ? "unknown_shape" : "mostly_rejected";
            return;
        }

        snapshots.ForEach(snapshot => Add(Table.Snapshot, snapshot.Row(_file.Name)));
    }

    private void LoadPlay(JsonElement row, int index, string extractedAt)
    {
        var track = TrackOf(row);
        OraclePlay play = new(row, track);
        if (play.Reason is { } reason)
        {
            Add(Table.Rejected, _file.Name, $"{index}", reason, play.Detail ?? Detail(row, default));
            return;
        }

        Add(Table.Play, play.Row(extractedAt, _file.Name));
        if (ReasonOf(row, track) is null)
        {
            LoadSong(row, track, extractedAt);
        }
    }

    private static JsonElement TrackOf(JsonElement row)
    {
        var track = Member(row, "item");
        track = track.ValueKind == JsonValueKind.Object ? track : Member(row, "track");
        return track.ValueKind == JsonValueKind.Object ? track : IsBareTrack(row) ? row : default;
    }

    private static string? ReasonOf(JsonElement row, JsonElement track) =>
        track.ValueKind != JsonValueKind.Object ? "no_track"
        : StringOf(Member(track, "type")) == "episode" ? "episode"
        : Member(row, "is_local").ValueKind == JsonValueKind.True || Member(track, "is_local").ValueKind == JsonValueKind.True ? "local_track"
        : StringOf(Member(track, "id")) == "" ? "no_id"
        : StringOf(Member(Member(track, "album"), "id")) == "" ? "no_album"
        : null;

    private static string AddedOf(JsonElement row) =>
        TimeOf(TextOf(Member(row, "added_at")))?.ToString("yyyy-MM-dd HH:mm:ss'+00:00'", CultureInfo.InvariantCulture) ?? "";

    private void LoadRow(JsonElement row, int index)
    {
        var track = TrackOf(row);
        if (ReasonOf(row, track) is { } reason)
        {
            Add(Table.Rejected, _file.Name, $"{index}", reason, Detail(row, track));
            return;
        }

        var extractedAt = _snapshot.Head.ExtractedAt;
        Add(Table.Playlist, _snapshot.Head.PlaylistId, _snapshot.Head.SnapshotId, extractedAt, $"{_snapshot.Position}", StringOf(Member(track, "id")),
            AddedOf(row), TextOf(Member(Member(row, "added_by"), "id")), TextOf(Member(Member(track, "linked_from"), "id")), _file.Name);
        LoadSong(row, track, extractedAt);
    }

    private void LoadSong(JsonElement row, JsonElement track, string extractedAt)
    {
        var album = Member(track, "album");
        var songId = StringOf(Member(track, "id"));
        var albumId = StringOf(Member(album, "id"));
        var artists = Artists(track);
        var added = AddedOf(row);
        if (IsNew(Table.Song, songId))
        {
            Add(Table.Song, songId, TextOf(Member(track, "name")), NumberOf(Member(track, "duration_ms")),
                TextOf(Member(Member(track, "external_urls"), "spotify")),
                NumberOf(Member(track, "popularity")), added, albumId, artists.Length > 0 ? StringOf(Member(artists[0], "id")) : "",
                TextOf(Member(track, "explicit")), TextOf(Member(Member(track, "external_ids"), "isrc")), extractedAt,
                NumberOf(Member(track, "disc_number")), NumberOf(Member(track, "track_number")), TextOf(Member(track, "is_playable")), _file.Name);
            for (var i = 0; i < artists.Length; i++)
            {
                Add(Table.SongArtist, songId, StringOf(Member(artists[i], "id")), $"{i + 1}", extractedAt, _file.Name);
            }
        }

        if (IsNew(Table.Album, albumId))
        {
            Add(Table.Album, albumId, TextOf(Member(album, "name")), DateOf(TextOf(Member(album, "release_date"))),
                NumberOf(Member(album, "total_tracks")),
                TextOf(Member(Member(album, "external_urls"), "spotify")), TextOf(Member(album, "release_date_precision")),
                TextOf(Member(album, "album_type")), extractedAt,
                Member(album, "images") is { ValueKind: JsonValueKind.Array } images ? TextOf(Member(images.EnumerateArray().FirstOrDefault(), "url")) : "",
                _file.Name);
        }

        foreach (var artist in artists.Concat(Artists(album)).Where(artist => IsNew(Table.Artist, StringOf(Member(artist, "id")))))
        {
            Add(Table.Artist, StringOf(Member(artist, "id")), TextOf(Member(artist, "name")),
                TextOf(Member(Member(artist, "external_urls"), "spotify")), extractedAt, _file.Name);
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

    internal static JsonElement Member(JsonElement owner, string name) =>
        owner.ValueKind == JsonValueKind.Object && owner.TryGetProperty(name, out var value) ? value : default;

    internal static string StringOf(JsonElement value) => value.ValueKind == JsonValueKind.String ? TextOf(value) : "";

    internal static string TextOf(JsonElement value) => value.ValueKind switch
    {
        JsonValueKind.String => value.GetString()!.Replace("\r\n", " ", StringComparison.Ordinal).Replace('\r', ' ').Replace('\n', ' '),
        JsonValueKind.Number or JsonValueKind.True or JsonValueKind.False => value.GetRawText(),
        _ => "",
    };

    internal static string NumberOf(JsonElement value) => OracleDocument.NumberOf(TextOf(value));

    internal static DateTime? TimeOf(string text)
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
