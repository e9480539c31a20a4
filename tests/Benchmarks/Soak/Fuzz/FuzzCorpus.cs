using System.IO.Compression;
using System.Text;

namespace Benchmarks.Soak.Fuzz;

/// <summary>What the damage is done to: a small raw file of every shape that is read, and the tokens that mean something in one.</summary>
internal static class FuzzCorpus
{
    private const string Artist = """{"external_urls":{"spotify":"https://open.spotify.com/artist/a1"},"id":"a1","name":"One, \"two\"","type":"artist"}""";

    private const string Track =
        $$"""
        {"album":{"album_type":"album","artists":[{{Artist}}],"available_markets":["DE","SE","XK","US"],"external_urls":{"spotify":"https://open.spotify.com/album/b1"},"id":"b1",
        "name":"Album\nin lines","release_date":"2021-03","release_date_precision":"month","total_tracks":12},"artists":[{{Artist}},{"id":"a2","name":"Zo\u00eb \ud83d\ude00"}],
        "available_markets":["DE","SE","XK","US"],"duration_ms":215000,"explicit":false,"external_ids":{"isrc":"DE123"},"external_urls":{"spotify":"https://open.spotify.com/track/s1"},
        "id":"s1","is_local":false,"name":"Déjà vu","popularity":77,"track":true,"type":"track","uri":"spotify:track:s1"}
        """;

    private const string ClassicRow = $$"""{"added_at":"2024-05-31T16:25:46Z","added_by":{"id":"x"},"is_local":false,"track":{{Track}}}""";

    private const string NewRow = $$"""{"added_at":"2024-05-31T16:25:46.5+02:00","item":{{Track}},"track":null}""";

    private const string Rejects =
        """
        null,{"track":null},{"track":{"type":"episode","id":"e1","name":"E"}},{"is_local":true,"track":{"name":"L","uri":"spotify:local:x"}},{"track":{"name":"no id"}},{"track":{"id":"s9"}}
        """;

    private const string Page = $$"""{"href":"https://api.spotify.com/v1/x","items":[{{ClassicRow}},{{Rejects}}],"limit":100,"next":null,"total":7}""";

    private const string Playlist = $$"""{"id":"p2","name":"P","snapshot_id":"n2","tracks":{{Page}},"type":"playlist"}""";

    /// <summary>The files, undamaged.</summary>
    public static IReadOnlyList<byte[]> Files { get; } =
    [
        Zipped(Page),
        Zipped($"{ClassicRow}\n{NewRow}\n"),
        .. new[]
        {
            $$"""{"playlist":{"id":"p1","name":"P","snapshot_id":"n1","owner":{"id":"o"} },"extracted_at":"2024-06-05T06:00:00Z","items":[{{ClassicRow}},{{NewRow}}]}""",
            $$"""{"playlist":{"id":"p1","snapshot_id":"n1"},"extracted_at":"2024-06-05T06:00:00Z","items":[{{ClassicRow}},{{Rejects}}]}""",
            Page,
            $"\uFEFF{Page}\r\n",
            $$"""{"collaborative":false,"id":"p2","name":"P","snapshot_id":"n2","tracks":{{Page}},"type":"playlist"}""",
            $$"""{"id":"p2","items":{{Page}},"snapshot_id":"n2"}""",
            $"[{Page}]",
            $"[\n  {ClassicRow},\n  {NewRow},\n  {Rejects}\n]",
            $$"""{"items":[{{Track}},{{Track}}]}""",
            $"[{Track}]",
            """{"items":[]}""",
            "[]",
            $"{ClassicRow}\n{NewRow}\r\n\n{ClassicRow}",
            $"{Page}\n{Page}",
            $"[{Playlist},{Playlist}]",
            $$"""[{"offset":0,"next":"x","total":9,"items":[{{ClassicRow}}] },{"offset":1,"next":null,"total":9,"items":[{{NewRow}}] }]""",
            """{"tracks":[]}""",
            $$"""{"tracks":{"href":"https://api.spotify.com/v1/search?q=x","items":[{{Track}}],"total":1},"albums":{"items":[]} }""",
            $$"""{"items":[{"track":{{Track}},"played_at":"2026-01-01T00:00:00.5Z","context":null}],"cursors":{"after":"1"},"limit":50}""",
            $$"""{"album":{"id":"b1"},"tracks":[{{Track}}]}""",
            """{"error":{"status":401,"message":"The access token expired"}}""",
            """[{"endTime":"2024-01-01 10:00","artistName":"A","trackName":"T","msPlayed":1000}]""",
            """{"items":[{"track":{"id":"s1","id":"s2","album":{"id":"b1"},"album":{"id":"b2"}}}],"items":1}""",
        }.Select(Encoding.UTF8.GetBytes),
    ];

    public static IReadOnlyList<byte[]> Tokens { get; } =
    [
        .. new[]
        {
            "{", "}", "[", "]", ",", ":", "\"", "\\", "\n", "\r\n", " ", "null", "true", "false", "0", "-1.5e300", "\"\"", "\"x\"", "{}", "[]", "\\u0000",
            "\\ud800", "\\u0022", "\\n", "//", "\0",
            "\"items\":", "\"tracks\":", "\"track\":", "\"item\":", "\"playlist\":", "\"extracted_at\":", "\"id\":", "\"album\":", "\"artists\":",
            "\"is_local\":true", "\"type\":\"episode\"",
            "\"DE\",\"SE\",\"US\"", ",\"XK\"", "\"de\"", "\"D\\u0045\"", "\"0000\"", "\"9999-12-31T23:59:59-23:59\"", "[[[[[[[[[[[[[[[[", "]]]]]]]]]]]]]]]]",
            "{\"x\":{\"x\":{\"x\":{\"x\":", "\"\"\"\"", "\uFEFF",
        }.Select(Encoding.UTF8.GetBytes),
        [0xFF], [0xC3], [0xED, 0xA0, 0x80], [0x80], [0xF0, 0x9F],
    ];

    private static byte[] Zipped(string text)
    {
        using MemoryStream zipped = new();
        using (GZipStream gzip = new(zipped, CompressionLevel.Optimal))
        {
            gzip.Write(Encoding.UTF8.GetBytes(text));
        }

        return zipped.ToArray();
    }
}
