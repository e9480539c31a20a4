namespace Benchmarks.Soak.Server;

/// <summary>A playlist small enough that a run is what a soak takes.</summary>
internal static class ServedPlaylist
{
    public static List<string> Rows(string playlist) =>
    [
        .. Enumerable.Range(0, 3).Select(number =>
            $$"""{ "added_at": "2026-01-01T00:00:00Z", "track": { "type": "track", "id": "{{playlist}}-{{number}}", "name": "n", "album": { "id": "a", "name": "a" }, "artists": [] } }"""),
    ];
}
