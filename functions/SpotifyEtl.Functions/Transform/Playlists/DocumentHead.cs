using System.Text;
using SpotifyEtl.Lake;

namespace SpotifyEtl.Transform.Playlists;

/// <summary>
/// What every row of a file's tables repeats. Each value comes from the document, else from a file name of our own pattern, else is empty.
/// </summary>
internal sealed record DocumentHead(byte[] PlaylistId, byte[] SnapshotId, byte[] ExtractedAt)
{
    public static DocumentHead Of(RawFileName file, byte[]? playlistId, byte[]? snapshotId, byte[]? extractedAt) => new(
        playlistId ?? Encoding.UTF8.GetBytes(file.PlaylistId ?? ""),
        snapshotId ?? [],
        UtcTime.TryParse(extractedAt, out var time) ? UtcTime.ToExtractedAt(time)
        : file.ExtractedAt is { } named ? UtcTime.ToExtractedAt(named.UtcDateTime)
        : []);
}
