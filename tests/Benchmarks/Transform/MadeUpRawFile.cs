using System.Globalization;
using System.Text;

namespace Benchmarks.Transform;

/// <summary>
/// Writes raw files as our own extraction does: rows in the API's shape and size (4 KB, half of it market codes), every track, album and
/// artist another one. Nothing is allocated by the row, so that the writing does not count in a process's peak.
/// </summary>
internal sealed class MadeUpRawFile
{
    private const string PlaylistId = "4hRz0PqVt2mXk9wYc7LbNa";

    private const string Artist =
        """{"external_urls":{"spotify":"https://open.spotify.com/artist/<a>"},"href":"https://api.spotify.com/v1/artists/<a>","id":"<a>","name":"Artist <n>","type":"artist","uri":"spotify:artist:<a>"}""";

    private const string Guest =
        """{"external_urls":{"spotify":"https://open.spotify.com/artist/<g>"},"href":"https://api.spotify.com/v1/artists/<g>","id":"<g>","name":"Guest <n>","type":"artist","uri":"spotify:artist:<g>"}""";

    private const string Row =
        """
        {"added_at":"2026-05-31T16:25:46Z","added_by":{"external_urls":{"spotify":"https://open.spotify.com/user/"},"href":"https://api.spotify.com/v1/users/","id":"","type":"user","uri":"spotify:user:"},
        "is_local":false,"primary_color":null,"track":{"preview_url":null,"available_markets":<markets>,"explicit":false,"type":"track","episode":false,"track":true,
        "album":{"available_markets":<markets>,"type":"album","album_type":"album","href":"https://api.spotify.com/v1/albums/<b>","id":"<b>",
        "images":[{"height":640,"url":"https://i.scdn.co/image/ab67616d0000b273<b>","width":640},{"height":300,"url":"https://i.scdn.co/image/ab67616d00001e02<b>","width":300},
        {"height":64,"url":"https://i.scdn.co/image/ab67616d00004851<b>","width":64}],"name":"Album <n>","release_date":"2026-05-17","release_date_precision":"day","uri":"spotify:album:<b>",
        "artists":[<artist>],"external_urls":{"spotify":"https://open.spotify.com/album/<b>"},"total_tracks":10},"artists":[<artists>],"disc_number":1,"track_number":2,"duration_ms":179586,
        "external_ids":{"isrc":"QZ<n>"},"external_urls":{"spotify":"https://open.spotify.com/track/<s>"},"href":"https://api.spotify.com/v1/tracks/<s>","id":"<s>","name":"<title> <n>",
        "popularity":57,"uri":"spotify:track:<s>","is_local":false},"video_thumbnail":{"url":null}}
        """;

    private const int Markets = 183;
    private const int IdLength = 22;
    private const string Digits = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz";

    // One row in three has a guest; some titles want quoting in CSV, and some are escaped in JSON.
    private static readonly Part[][] s_rows =
    [
        Parse(Row, "Song", withGuest: true), Parse(Row, "Déjà vu, again", withGuest: false), Parse(Row, "Caf\\u00e9 \\\"live\\\"", withGuest: false),
    ];

    private readonly byte[] _text = new byte[64];
    private ulong _next;

    /// <summary>The ids that the rows so far have had.</summary>
    public long DistinctIds { get; private set; }

    private static string Head(string playlistId, DateTimeOffset extractedAt) =>
        """{"playlist":{"id":"<p>","name":"Made up","snapshot_id":"c25hcHNob3Q<t>","owner":{"id":"owner"}},"extracted_at":"<t>","items":["""
            .Replace("<p>", playlistId, StringComparison.Ordinal)
            .Replace("<t>", extractedAt.ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture), StringComparison.Ordinal);

    /// <summary>Writes a file of at least so many bytes, or of so many rows.</summary>
    /// <returns>The rows written.</returns>
    public int Write(string path, long leastBytes, int leastRows = 1) =>
        Write(path, PlaylistId, new DateTimeOffset(2026, 11, 22, 6, 0, 0, TimeSpan.Zero), leastBytes, leastRows);

    /// <summary>Writes a file of a playlist's rows, as they were at a time.</summary>
    /// <param name="path">The file.</param>
    /// <param name="playlistId">The playlist.</param>
    /// <param name="extractedAt">The time.</param>
    /// <param name="leastBytes">How long it is at least.</param>
    /// <param name="leastRows">How many rows it has at least.</param>
    /// <param name="firstRow">The first row among those that there are: rows of the same number are the same. Null: rows that no file has had.</param>
    /// <returns>The rows written.</returns>
    public int Write(string path, string playlistId, DateTimeOffset extractedAt, long leastBytes, int leastRows, long? firstRow = null)
    {
        _next = firstRow is { } first ? (ulong)first * 4 : _next;
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        using FileStream file = new(path, FileMode.Create, FileAccess.Write, FileShare.None, bufferSize: 1 << 17);
        file.Write(Encoding.UTF8.GetBytes(Head(playlistId, extractedAt)));
        var rows = 0;
        while (rows < leastRows || file.Position < leastBytes)
        {
            file.Write(rows == 0 ? ""u8 : ","u8);
            WriteRow(file, s_rows[((firstRow ?? 0) + rows) % s_rows.Length]);
            DistinctIds += rows % s_rows.Length == 0 ? 4 : 3;
            rows++;
        }

        file.Write("]}"u8);
        return rows;
    }

    private void WriteRow(FileStream file, Part[] row)
    {
        _next += 4;
        foreach (var part in row)
        {
            file.Write(part.Text);
            if (part.Id == 'n')
            {
                _next.TryFormat(_text, out var digits, "D8", CultureInfo.InvariantCulture);
                file.Write(_text, 0, digits);
            }
            else if (part.Id != default)
            {
                WriteId(file, _next + (part.Id switch { 's' => 0UL, 'b' => 1, 'a' => 2, _ => 3 }));
            }
        }
    }

    // The first eleven digits are a number of which no other has the same, the rest look as random.
    private void WriteId(FileStream file, ulong number)
    {
        var mixed = Mix(number);
        for (var i = 0; i < IdLength; i++)
        {
            _text[i] = (byte)Digits[(int)(mixed % 62)];
            mixed = i == 10 ? Mix(~number) : mixed / 62;
        }

        file.Write(_text, 0, IdLength);
    }

    private static ulong Mix(ulong number)
    {
        unchecked
        {
            number = (number ^ (number >> 30)) * 0xBF58476D1CE4E5B9;
            number = (number ^ (number >> 27)) * 0x94D049BB133111EB;
            return number ^ (number >> 31);
        }
    }

    private static Part[] Parse(string row, string title, bool withGuest)
    {
        var codes = string.Join(',', Enumerable.Range(0, Markets).Select(code => $"\"{(char)('A' + (code / 26))}{(char)('A' + (code % 26))}\""));
        row = row.ReplaceLineEndings("")
            .Replace("<markets>", $"[{codes}]", StringComparison.Ordinal)
            .Replace("<artists>", withGuest ? $"{Artist},{Guest}" : Artist, StringComparison.Ordinal)
            .Replace("<artist>", Artist, StringComparison.Ordinal)
            .Replace("<title>", title, StringComparison.Ordinal);
        List<Part> parts = [];
        var start = 0;
        for (var mark = row.IndexOf('<', StringComparison.Ordinal); mark >= 0; mark = row.IndexOf('<', start))
        {
            parts.Add(new Part(Encoding.UTF8.GetBytes(row[start..mark]), row[mark + 1]));
            start = mark + 3;
        }

        return [.. parts, new Part(Encoding.UTF8.GetBytes(row[start..]), default)];
    }

    /// <summary>Text, and the id after it.</summary>
    private readonly record struct Part(byte[] Text, char Id);
}
