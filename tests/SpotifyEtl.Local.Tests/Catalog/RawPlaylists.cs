using System.Globalization;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;

namespace SpotifyEtl.Local.Tests.Catalog;

/// <summary>
/// What raw files of playlists tell, read a second time by rules written down apart from the product: each whole, as nodes of JSON, nothing of the transform
/// and no table between.
/// </summary>
internal sealed partial class RawPlaylists
{
    public List<RawSnapshot> Snapshots { get; } = [];

    public List<RawEntry> Entries { get; } = [];

    public List<RawSong> Songs { get; } = [];

    public List<RawAlbum> Albums { get; } = [];

    public List<RawArtist> Artists { get; } = [];

    public List<RawReject> Rejects { get; } = [];

    /// <summary>The plays in order of file and row.</summary>
    public List<RawPlay> Plays { get; } = [];

    public static RawPlaylists OfFolder(string folder)
    {
        RawPlaylists raw = new();
        foreach (var path in Directory.EnumerateFiles(folder))
        {
            raw.Read(Path.GetFileName(path), JsonNode.Parse(File.ReadAllText(path)));
        }

        return raw;
    }

    public void Read(string file, JsonNode? content)
    {
        switch (content)
        {
            case JsonArray list when list.Count > 0 && list.All(IsDocument):
                foreach (var document in list)
                {
                    Read(file, document);
                }

                break;
            case JsonArray rows:
                ReadRows(file, [], [], rows);
                break;
            case JsonObject document:
                var page = document["items"] as JsonObject ?? document["tracks"] as JsonObject ?? document;
                ReadRows(file, document, page, (JsonArray)page["items"]!);
                break;
            default:
                throw new InvalidOperationException($"{file} holds no playlist.");
        }
    }

    private static bool IsDocument(JsonNode? node) =>
        node is JsonObject element
        && !element.ContainsKey("track") && !element.ContainsKey("item") && !element.ContainsKey("added_at") && !RawPlay.IsPlay(element);

    private void ReadRows(string file, JsonObject document, JsonObject page, JsonArray rows)
    {
        if (rows.OfType<JsonObject>().FirstOrDefault() is { } first && RawPlay.IsPlay(first))
        {
            ReadPlays(file, Time(document["extracted_at"]), rows);
            return;
        }

        var about = document["playlist"] as JsonObject ?? document;
        var ownName = OwnName().Match(file);
        var href = PlaylistHref().Match(Text(page["href"]) ?? "");
        var offset = Number(page["offset"]) ?? 0;
        RawSnapshot snapshot = new(
            Text(about["id"]) ?? Group(href, "id") ?? Group(ownName, "id"),
            Text(about["snapshot_id"]),
            Time(document["extracted_at"]) ?? TimeOf(ownName, "yyyyMMdd'T'HHmmss'Z'") ?? TimeOf(TutorialName().Match(file), "yyyy-MM-dd HH:mm:ss"),
            Text(about["name"]),
            page["next"] is null && offset == 0 && !(Number(page["total"]) > rows.Count),
            file)
        {
            NewestAdded = rows.Max(row => Time((row as JsonObject)?["added_at"])),
        };
        Snapshots.Add(snapshot);
        for (var index = 0; index < rows.Count; index++)
        {
            ReadRow(snapshot, offset + index + 1, rows[index] as JsonObject);
        }
    }

    private void ReadRow(RawSnapshot snapshot, int position, JsonObject? row)
    {
        var track = row?["item"] as JsonObject ?? row?["track"] as JsonObject;
        if (ReasonAgainst(row, track) is { } reason)
        {
            Rejects.Add(new RawReject(snapshot.RawFile, reason));
            return;
        }

        var added = Time(row!["added_at"]);
        Entries.Add(new RawEntry(snapshot, position, Text(track!["id"])!, Text((track["linked_from"] as JsonObject)?["id"]), added));
        AddSong(snapshot.RawFile, snapshot.ExtractedAt, added, track);
    }

    private void ReadPlays(string file, DateTime? extractedAt, JsonArray rows)
    {
        foreach (var row in rows)
        {
            var track = (row as JsonObject)?["track"] as JsonObject;
            if (row is not JsonObject play || RawPlay.Of(file, play, Number(play["msPlayed"] ?? play["ms_played"])) is not { } told)
            {
                Rejects.Add(new RawReject(file, "no_track"));
                continue;
            }

            Plays.Add(told);
            if (track is not null && ReasonAgainst(play, track) is null)
            {
                AddSong(file, extractedAt, added: null, track);
            }
        }
    }

    private void AddSong(string file, DateTime? extractedAt, DateTime? added, JsonObject track)
    {
        var id = Text(track["id"])!;
        var album = (JsonObject)track["album"]!;
        var artists = ArtistsOf(track);
        AddFirst(
            Songs,
            new RawSong(
                id,
                Text(track["name"]),
                Number(track["popularity"]),
                added,
                Text(album["id"])!,
                [.. artists.Select(artist => Text(artist["id"])!)],
                extractedAt,
                file)
            {
                DurationMs = Number(track["duration_ms"]),
            });
        AddFirst(
            Albums,
            new RawAlbum(Text(album["id"])!, Text(album["name"]), Day(album["release_date"]), extractedAt, file)
            {
                ImageUrl = album["images"] is JsonArray { Count: > 0 } images ? Text(images[0]!["url"]) : null,
            });
        foreach (var artist in artists.Concat(ArtistsOf(album)))
        {
            AddFirst(Artists, new RawArtist(Text(artist["id"])!, Text(artist["name"]), extractedAt, file));
        }
    }

    private static string? ReasonAgainst(JsonObject? row, JsonObject? track) => track switch
    {
        null => "no_track",
        _ when Text(track["type"]) == "episode" => "episode",
        _ when IsTrue(row!["is_local"]) || IsTrue(track["is_local"]) => "local_track",
        _ when Text(track["id"]) is null => "no_id",
        _ when Text((track["album"] as JsonObject)?["id"]) is null => "no_album",
        _ => null,
    };

    private static List<JsonObject> ArtistsOf(JsonObject of) =>
        [.. (of["artists"] as JsonArray ?? []).OfType<JsonObject>().Where(artist => Text(artist["id"]) is not null)];

    /// <summary>Of what a file tells twice, the first counts.</summary>
    private static void AddFirst<T>(List<T> all, T record)
        where T : RawRecord
    {
        if (!all.Exists(other => other.Id == record.Id && other.RawFile == record.RawFile))
        {
            all.Add(record);
        }
    }

    private static bool IsTrue(JsonNode? node) => node is JsonValue value && value.TryGetValue<bool>(out var truth) && truth;

    private static int? Number(JsonNode? node) => node is JsonValue value && value.TryGetValue<decimal>(out var number) ? (int)number : null;

    private static string? Text(JsonNode? node) => node is JsonValue value && value.TryGetValue<string>(out var text) && text.Length > 0
        ? text.ReplaceLineEndings(" ")
        : null;

    private static DateTime? Time(JsonNode? node) => Text(node) is { } text
        ? DateTimeOffset.Parse(text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal).UtcDateTime
        : null;

    private static DateOnly? Day(JsonNode? node) =>
        DateOnly.TryParseExact($"{Text(node)}-01-01"[..Math.Min(10, 6 + (Text(node)?.Length ?? 0))], "yyyy-MM-dd", out var day) ? day : null;

    private static string? Group(Match match, string name) => match.Success ? match.Groups[name].Value : null;

    private static DateTime? TimeOf(Match name, string format) => name.Success
        ? DateTimeOffset.ParseExact(name.Groups["time"].Value, format, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal).UtcDateTime
        : null;

    [GeneratedRegex(
        @"/playlists/(?<id>[A-Za-z0-9]{22})([/?#]|\z)", RegexOptions.ExplicitCapture | RegexOptions.CultureInvariant, matchTimeoutMilliseconds: 1000)]
    private static partial Regex PlaylistHref();

    [GeneratedRegex(
        @"\Aspotify_raw_(?<id>[A-Za-z0-9_-]+)_(?<time>\d{8}T\d{6}Z)\.json\z",
        RegexOptions.ExplicitCapture | RegexOptions.CultureInvariant,
        matchTimeoutMilliseconds: 1000)]
    private static partial Regex OwnName();

    [GeneratedRegex(
        @"\Aspotify_raw_(?<time>\d{4}-\d\d-\d\d \d\d:\d\d:\d\d)(\.\d{6})?\.json\z",
        RegexOptions.ExplicitCapture | RegexOptions.CultureInvariant,
        matchTimeoutMilliseconds: 1000)]
    private static partial Regex TutorialName();
}
