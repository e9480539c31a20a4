using System.Text.Json.Nodes;
using SpotifyEtl.Functions.Tests.Transform;

namespace SpotifyEtl.Local.Tests.Catalog;

/// <summary>Raw files of a few small playlists over a few weeks, as a seed has them.</summary>
internal sealed class AnyPlaylists
{
    private readonly SortedDictionary<string, JsonNode> _files = new(StringComparer.Ordinal);
    private readonly bool _rated;
    private uint _state;

    private AnyPlaylists(int seed, bool rated) => (_state, _rated) = (unchecked((uint)seed), rated);

    /// <param name="seed">Decides everything.</param>
    /// <param name="rated">Whether songs have a popularity.</param>
    public static IReadOnlyDictionary<string, JsonNode> Of(int seed, bool rated)
    {
        AnyPlaylists any = new(seed, rated);
        for (var playlist = any.Below(3); playlist >= 0; playlist--)
        {
            for (var snapshot = any.Below(6); snapshot >= 0; snapshot--)
            {
                any.AddFile($"AnyMadeUpPlaylist0000{playlist}");
            }
        }

        for (var file = any.Below(4); file > 0; file--)
        {
            any.AddPlays($"plays {file}.json");
        }

        return any._files;
    }

    private void AddPlays(string name)
    {
        var source = Below(3);
        List<JsonNode> rows = [];
        for (var row = Below(12); row >= 0; row--)
        {
            var (song, time, length) = ($"s{Below(4)}", new DateTime(2026, 1, 1, 22, 0, 0).AddSeconds(Below(300) * 40), Below(3) * 25_000);
            rows.Add(source switch
            {
                0 => MadeUpPlaylists.Recent(song, MadeUpPlays.Second(time), _rated),
                1 => MadeUpPlays.Extended(song, MadeUpPlays.Second(time), length),
                _ => MadeUpPlays.LastYear(song, MadeUpPlays.Minute(time), length),
            });
        }

        _files[name] = source == 0 ? MadeUpPlays.RecentOwn("2026-01-02T06:00:00Z", [.. rows]) : new JsonArray([.. rows]);
    }

    private void AddFile(string playlist)
    {
        var style = Below(2) == 0 ? "track" : "item";
        var version = 1 + Below(6);
        var rows = Rows(style, version);
        var day = 1 + Below(28);
        var hour = Below(2) * 12;
        var snapshot = $"n{Below(4)}";
        var _ = Below(8) switch
        {
            0 => _files[$"{Below(9)}.json"] = MadeUpPlaylists.Page(playlist, 0, rows.Length + (Below(3) / 2), rows),
            1 => _files[$"{Below(9)}.json"] = MadeUpPlaylists.Playlist(playlist, $"{snapshot}-{_files.Count}", $"Name {version}", style + "s", rows),
            2 => _files[$"{Below(9)}.json"] = new JsonArray([.. rows, MadeUpPlaylists.Song(style, "s1", version, _rated)]),
            _ => _files[MadeUpPlaylists.Name(playlist, $"202601{day:00}T{hour:00}0000Z")] =
                MadeUpPlaylists.Own(playlist, snapshot, $"Name {version}", $"2026-01-{day:00}T{hour:00}:00:00Z", rows),
        };
    }

    private JsonNode?[] Rows(string style, int version)
    {
        var relinked = Below(3) == 0;
        List<JsonNode?> rows = [];
        for (var row = Below(9); row > 0; row--)
        {
            var song = $"s{Below(14)}";
            rows.Add(relinked ? MadeUpPlaylists.Relinked(style, song, version, _rated) : MadeUpPlaylists.Song(style, song, version, _rated));
        }

        return rows.Count > 1 && Below(3) == 0 ? [.. rows, MadeUpPlaylists.Rejects(style)[Below(6)]] : [.. rows];
    }

    private int Below(int limit)
    {
        _state = unchecked((_state * 1664525) + 1013904223);
        return (int)((_state >> 16) % (uint)limit);
    }
}
