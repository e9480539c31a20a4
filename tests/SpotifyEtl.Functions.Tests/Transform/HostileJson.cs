using System.Text;
using FsCheck;
using FsCheck.Fluent;

namespace SpotifyEtl.Functions.Tests.Transform;

/// <summary>
/// Generators of raw files: documents of every shape with hostile values, any JSON, and JSON that has been damaged. They are made once,
/// as a property asks for its generator with every test.
/// </summary>
internal static class HostileJson
{
    // In a text, each of these stands for bytes that are no UTF-8.
    private static readonly byte[][] s_badBytes = [[0xFF], [0xC3], [0xE2, 0x82], [0xED, 0xA0, 0x80], [0xF0, 0x9F, 0x98], [0x80, 0x80]];

    private static readonly string[] s_words =
    [
        "", "x", "Song, with comma", "say \\\"x\\\"", "a\\nb",
        "\\r\\n", "\\r", "\\u000d\\u000a", "tab\\t", "\\ud83d\\ude00", "\\ud83d", "\\ude00\\ud83d", "é中😀",
        " blanks ", "\\\\", "\\\\u0041", "\\u0041", "\\/", "\uE000", "a\uE001", "\uE002\\n\uE003", "\uE004", "\uE005x", "\\u0000", "spotify:local:x", "null",
    ];

    private static readonly string[] s_dates =
        ["2019", "2019-07", "2019-07-09", "2024-02-29", "2023-02-29", "0000", "0000-00-00", "soon", "2019-7-9", "20190709"];

    private static readonly string[] s_times =
    [
        "2024-05-31T16:25:46Z", "2024-05-31T16:25:46.123Z", "2024-12-31T23:30:00-01:00", "2024-05-31T16:25", "1970-01-01T00:00:00Z",
        "2024-05-31", "never",
        "2024-05-31T16:25:46+0530", "0001-01-01T00:00:00+01", "2024-02-30T00:00:00Z", "9999-12-31T23:59:59-23:59",
        "2024-05-31T16:25:46+24:00", "\\u0032024-05-31T16:25:46Z",
    ];

    private static readonly string[] s_oddValues =
        ["null", "true", "false", "0", "-12.50e+3", "{}", "[]", "[null,{\"id\":\"x\"}]", "{\"id\":\"x\",\"spotify\":\"y\",\"isrc\":1}", "\"\""];

    private static Gen<string> Word => Gen.Elements(s_words).Select(Quote);

    private static Gen<string> Odd => Gen.Elements(s_oddValues);

    private static Gen<string> Value => Gen.Frequency((4, Word), (2, Gen.Choose(-5, 500_000).Select(number => $"{number}")), (1, Odd));

    private static Gen<string> Id(string prefix) => Gen.Frequency(
        (24, Gen.Choose(1, 5).Select(number => Quote($"{prefix}{number}"))),
        (2, Gen.Choose(1, 5).Select(number => Quote($"\\u00{(int)prefix[0]:x2}{number}"))),
        (1, Word),
        (1, Odd));

    private static Gen<string> Urls => Gen.Frequency(
        (6, ObjectOf(("spotify", Value))), (2, ObjectOf(("spotify", Word), ("isrc", Word), ("other", Value))), (1, Odd));

    private static Gen<string> Artist => Gen.Frequency(
        (8, ObjectOf(("external_urls", Urls), ("href", Word), ("id", Id("a")), ("name", Value), ("type", Gen.Constant("\"artist\"")))), (1, Odd));

    private static Gen<string> Artists => Gen.Frequency((18, ArrayOf(Artist, 4)), (1, ArrayOf(Artist, 24)), (1, Odd));

    private static Gen<string> Album => Gen.Frequency(
        (24, ObjectOf(
            ("album_type", Value),
            ("artists", Artists),
            ("external_urls", Urls),
            ("available_markets", Markets),
            ("id", Id("b")),
            ("images", Images),
            ("name", Value),
            ("release_date", Gen.Frequency((5, Gen.Elements(s_dates).Select(Quote)), (1, Value))), ("release_date_precision", Value),
            ("total_tracks", Number), ("type", Word))),
        (1, Odd));

    private static Gen<string> Track => Gen.Frequency(
        (24, ObjectOf(
            ("album", Album), ("artists", Artists), ("available_markets", Markets), ("duration_ms", Number), ("explicit", Value),
            ("external_ids", Urls), ("external_urls", Urls),
            ("id", Id("s")), ("is_local", IsLocal), ("name", Value),
            ("popularity", Number),
            ("track", Gen.Elements("true", "false")),
            ("disc_number", Number), ("track_number", Number), ("is_playable", Value), ("linked_from", Gen.OneOf(Odd, Artist)),
            ("type", Gen.Frequency((12, Gen.Constant("\"track\"")), (1, Gen.Elements("\"episode\"", "\"\\u0065pisode\"", "\"ad\"", "null", "1")))),
            ("uri", Value))),
        (1, Odd));

    // Mostly codes that are written alike, as the API does, and now and then something else among them.
    private static Gen<string> Markets => Gen.Frequency(
        (1, Odd),
        (6, from codes in Gen
            .Frequency((40, Gen.Elements("\"DE\"", "\"SE\"", "\"XK\"")), (1, Gen.OneOf(Word, Odd, Gen.Elements("\"de\"", "\"D\"", "\"\\u0041\""))))
                .ArrayOf(9)
            from count in Gen.Choose(0, 9)
            from separator in Separator
            from other in Gen.Frequency((4, Gen.Constant(separator)), (1, Separator))
            select $"[{string.Join(separator, codes[..count])}{(count is 0 or 9 ? "" : other)}{string.Join(separator, codes[count..])}]"));

    private static Gen<string> Row => Gen.Frequency(
        (6, ObjectOf(("added_at", Time), ("added_by", Gen.OneOf(Odd, Artist)), ("is_local", IsLocal), ("track", Track))),
        (4, ObjectOf(("added_at", Time), ("is_local", IsLocal), ("item", Track), ("track", Gen.Frequency((1, Track), (3, Odd))))),
        (3, Track),
        (1, Odd));

    private static Gen<string> Play => Gen.Frequency(
        (4, ObjectOf(("track", Track), ("played_at", Time), ("context", Gen.OneOf(Odd, ObjectOf(("uri", Value), ("type", Word)))))),
        (4, ObjectOf(
            ("ts", Time), ("ms_played", Number), ("master_metadata_track_name", Value), ("master_metadata_album_artist_name", Value),
            ("master_metadata_album_album_name", Value), ("spotify_track_uri", PlayedUri), ("episode_name", Maybe), ("episode_show_name", Maybe),
            ("spotify_episode_uri", Maybe), ("audiobook_title", Maybe), ("audiobook_chapter_uri", Maybe), ("audiobook_chapter_title", Maybe),
            ("incognito_mode", Value), ("skipped", Odd))),
        (3, ObjectOf(("endTime", PlayedMinute), ("artistName", Value), ("trackName", Value), ("msPlayed", Number))),
        (1, ObjectOf(("endTime", PlayedMinute), ("podcastName", Value), ("episodeName", Value), ("msPlayed", Number))),
        (1, ObjectOf(("endTime", PlayedMinute), ("audiobookName", Value), ("chapterName", Value), ("authorName", Value), ("msPlayed", Number))),
        (1, Odd));

    private static Gen<string> PlayedUri => Gen.Frequency(
        (6, Gen.Choose(1, 5).Select(number => Quote($"spotify:track:s{number}"))), (1, Gen.Constant("\"spotify:local:x\"")), (2, Odd), (1, Word));

    private static Gen<string> Maybe => Gen.Frequency((4, Gen.Constant("null")), (1, Value));

    private static Gen<string> PlayedMinute =>
        Gen.Frequency((6, Gen.Elements("2024-01-02 03:04", "1999-12-31 23:59", "2024-02-30 00:00").Select(Quote)), (1, Time));

    private static Gen<string> Plays => ArrayOf(Gen.Frequency((12, Play), (1, Row)), 6);

    private static Gen<string> IsLocal => Gen.Frequency((16, Gen.Constant("false")), (1, Gen.Elements("true", "null", "\"true\"")));

    private static Gen<string> Time => Gen.Frequency((6, Gen.Elements(s_times).Select(Quote)), (1, Value));

    private static Gen<string> Rows => Gen.Frequency((9, ArrayOf(Row, 7)), (1, ArrayOf(Odd, 3)));

    private static Gen<string> Page => ObjectOf(
        ("href", Href), ("playlist", About), ("extracted_at", Time), ("items", Rows), ("limit", Odd), ("tracks", Odd), ("total", Count),
        ("offset", Count), ("next", Gen.Frequency((4, Gen.Constant("null")), (1, Href), (1, Odd))));

    private static Gen<string> Href => Gen.Frequency(
        (3, Gen.Elements("A", "B").Select(end => Quote($"https://api.spotify.com/v1/playlists/PlaylistOne0000000000{end}/tracks?offset=0"))),
        (1, Gen.Elements("https://api.spotify.com/v1/users/u/playlists/PlaylistOne0000000000A", "x/playlists/short/items", "y/v1/search?q=x").Select(Quote)),
        (2, Word));

    private static Gen<string> Count =>
        Gen.Frequency((6, Gen.Choose(0, 12).Select(number => $"{number}")), (1, Gen.Elements("4.0", "1E1", "-3", "2.5")), (1, Value));

    private static Gen<string> Number => Gen.Frequency(
        (4, Value),
        (2, Gen.Elements("85.0", "1.08E7", "-0.0", "0.5e1", "1e-3", "9223372036854775808.0", "1E400", "0.99999999999999999999999999999999", "\"85.0\"")));

    private static Gen<string> Images => Gen.Frequency((3, ArrayOf(ObjectOf(("url", Word), ("height", Value)), 2)), (1, Odd));

    private static Gen<string> About => Gen.Frequency(
        (6, ObjectOf(
            ("id", Gen.Frequency((4, Id("p")), (1, Odd))), ("name", Value), ("snapshot_id", Gen.Frequency((4, Id("n")), (1, Odd))),
            ("owner", Gen.OneOf(Odd, ObjectOf(("id", Value), ("display_name", Word)))), ("description", Value), ("href", Href), ("images", Images),
            ("followers", Gen.OneOf(Odd, ObjectOf(("total", Number)))), ("public", Value), ("collaborative", Value),
            ("tracks", Gen.OneOf(Odd, ObjectOf(("total", Count)))))),
        (1, Odd));

    private static Gen<string> Own =>
        from about in About
        from time in Time
        from rows in Rows
        from tail in Gen.Frequency((6, Gen.Constant("")), (1, Gen.Constant(",\"items\":[]")),
            (1, Odd.Select(odd => $",\"items\":{odd},\"extracted_at\":{odd},\"playlist\":{odd}")))
        from blank in Gen.Elements("", " ", "\n  ", "\r\n\t")
        select $"{{{blank}\"playlist\":{about},{blank}\"extracted_at\":{time},{blank}\"items\":{rows}{blank}{tail}}}{blank}";

    private static Gen<string> Playlist =>
        from key in Gen.Elements("items", "tracks")
        from other in Gen.Frequency((6, Gen.Constant(key == "items" ? "tracks" : "items")), (1, Gen.Constant(key)))
        from document in ObjectOf(
            ("id", Id("p")), ("snapshot_id", Id("n")), ("extracted_at", Time), (key, Page),
            (other, Gen.Frequency((1, Page), (6, Odd))), ("type", Gen.Frequency((4, Gen.Constant("\"playlist\"")), (1, Word))),
            ("name", Value), ("description", Value), ("images", Images), ("owner", Gen.OneOf(Odd, Artist)), ("public", Value), ("href", Href))
        select document;

    private static Gen<string> TrackList => ObjectOf(("tracks", ArrayOf(Gen.Frequency((6, Track), (1, Odd)), 4)), ("seeds", Odd));

    /// <summary>A document that is not read, or a row by itself.</summary>
    private static Gen<string> Stranger => Gen.OneOf(
        Odd,
        Row,
        ObjectOf(("type", Gen.Elements("\"album\"", "\"artist\"", "\"playlist\"", "\"show\"")), ("id", Word), ("tracks", Gen.OneOf(Odd, Page))),
        ObjectOf(("tracks", Page), ("artists", Gen.Constant("{\"items\":[]}"))),
        ObjectOf(("error", ObjectOf(("status", Value), ("message", Word)))),
        Play,
        ObjectOf(("items", ArrayOf(ObjectOf(("added_at", Time), ("album", Album)), 2))),
        ObjectOf(("is_playing", Value), ("item", Track)));

    private static Gen<string> PlayPage => ObjectOf(("items", Plays), ("href", Href), ("extracted_at", Time), ("cursors", Odd), ("limit", Odd), ("next", Odd));

    private static Gen<string> Document => Gen.Frequency((4, Page), (3, Playlist), (2, TrackList), (2, Own), (2, PlayPage));

    private static Gen<string> Several => Gen.Frequency((6, Document), (1, Stranger)).ArrayOf(3).SelectMany(
        documents => Gen.Elements("[,]", "\n", " \r\n", ""),
        (documents, kind) => kind == "[,]" ? $"[{string.Join(',', documents)}]" : string.Join(kind, documents));

    private static Gen<string> Lines => Gen.Frequency((12, Row), (4, Play), (1, Rows), (1, Stranger)).ArrayOf(4).Select(rows => string.Join('\n', rows));

    /// <summary>A document of one of the shapes that are read, or nearly so.</summary>
    public static Gen<byte[]> Documents { get; } = Gen.Frequency(
        (4, Own), (3, Page), (3, Playlist), (3, Rows),
        (3, Plays), (2, PlayPage),
        (1, Page.Select(page => $"[{page}]")), (1, Playlist.Select(playlist => $"[ {playlist} ]")), (1, Own.Select(own => $"[{own}]")),
        (1, Row.Select(row => $"[{row}]")), (1, Row), (4, Several), (2, Lines), (1, TrackList), (1, Stranger),
        (1, Stranger.Select(stranger => $"[{stranger}]")))
        .Select(Encode);

    /// <summary>Any JSON.</summary>
    public static Gen<byte[]> Values { get; } = AnyValue(4).Select(Encode);

    /// <summary>A document of which some bytes are gone, doubled or changed.</summary>
    public static Gen<byte[]> Damaged { get; } =
        from document in Documents
        from at in Gen.Choose(0, document.Length)
        from length in Gen.Choose(0, 8)
        from replacement in Gen.Elements("", "", ",", "\"", "}", "]", "{", "[", "\n", "\\", "0", "nul", "\uE000", "\0", "//")
        select (byte[])[.. document[..at], .. Encode(replacement), .. document[Math.Min(document.Length, at + length)..]];

    /// <summary>Any bytes.</summary>
    public static Gen<byte[]> Bytes { get; } = Gen.OneOf(
        Gen.Choose(0, 255).Select(value => (byte)value).ArrayOf(),
        Gen.Elements("[]{}\",:\\ntu0.eE+- \n\r\ufeff".Select(character => $"{character}").ToArray()).ArrayOf().Select(parts => Encode(string.Concat(parts))));

    private static Gen<string> AnyValue(int depth) => depth == 0
        ? Gen.OneOf(Word, Odd)
        : Gen.Frequency((1, Word), (1, Odd), (2, ArrayOf(AnyValue(depth - 1), 3)), (4, AnyObject(depth - 1)));

    private static Gen<string> AnyObject(int depth) =>
        ObjectOf([.. new[] { "items", "tracks", "track", "item", "playlist", "id", "album", "artists", "x" }
            .Select(name => (name, Gen.Frequency((3, Odd), (1, AnyValue(depth)))))]);

    private static Gen<string> ArrayOf(Gen<string> element, int most) =>
        from count in Gen.Choose(0, most)
        from elements in element.ArrayOf(count)
        from separator in Separator
        select $"[{string.Join(separator, elements)}]";

    /// <summary>An object with most of the members in any order, a few of them twice.</summary>
    private static Gen<string> ObjectOf(params (string Name, Gen<string> Value)[] members)
    {
        var some = members.Select(member =>
            from times in Gen.Frequency((30, Gen.Constant(1)), (1, Gen.Constant(0)), (1, Gen.Constant(2)))
            from values in member.Value.ArrayOf(times)
            from escape in Gen.Choose(0, 30)
            select values.Select(value => $"\"{(escape == 0 ? Escape(member.Name) : member.Name)}\": {value}"));
        return
            from parts in Gen.CollectToArray(some)
            let all = parts.SelectMany(part => part).ToArray()
            from shuffle in Gen.Choose(0, 3)
            from shuffled in shuffle == 0 ? Gen.Shuffle(all) : Gen.Constant(all)
            from separator in Separator
            select $"{{{string.Join(separator, shuffled)}}}";
    }

    private static Gen<string> Separator => Gen.Elements(",", ",", ",", ", ", ",\n  ", " ,\r\n");

    private static string Escape(string name) => $"\\u00{(int)name[0]:x2}{name[1..]}";

    private static string Quote(string text) => $"\"{text}\"";

    private static byte[] Encode(string text)
    {
        var bytes = new List<byte>();
        foreach (var rune in text.EnumerateRunes())
        {
            var bad = rune.Value - 0xE000;
            bytes.AddRange(bad >= 0 && bad < s_badBytes.Length ? s_badBytes[bad] : Encoding.UTF8.GetBytes(rune.ToString()));
        }

        return [.. bytes];
    }
}
