using System.Buffers;

namespace SpotifyEtl.Transform.Documents;

/// <summary>The Web API's addresses of playlists and of their pages: <c>…/playlists/{id}</c> and what follows it.</summary>
internal static class PlaylistHref
{
    private const int IdLength = 22;

    private static readonly SearchValues<byte> s_idBytes = SearchValues.Create("0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz"u8);

    /// <summary>The playlist's id, 22 letters and digits; null when the address names none.</summary>
    public static byte[]? IdIn(ReadOnlySpan<byte> href)
    {
        var marker = "/playlists/"u8;
        var start = href.IndexOf(marker);
        if (start < 0)
        {
            return null;
        }

        var rest = href[(start + marker.Length)..];
        var length = rest.IndexOfAny((byte)'/', (byte)'?', (byte)'#') is >= 0 and var end ? end : rest.Length;
        var id = rest[..length];
        return id.Length == IdLength && !id.ContainsAnyExcept(s_idBytes) ? id.ToArray() : null;
    }
}
