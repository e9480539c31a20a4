using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace SpotifyEtl.Spotify;

/// <summary>
/// Writes a raw file: one object with <c>playlist</c>, <c>extracted_at</c> and <c>items</c>, in this order: the playlist object and
/// one row after the other as they were received.
/// </summary>
internal sealed class RawPlaylistWriter(Stream stream) : IDisposable
{
    private static readonly byte[] s_start = "{\"playlist\":"u8.ToArray();
    private static readonly byte[] s_first = "\n"u8.ToArray();
    private static readonly byte[] s_next = ",\n"u8.ToArray();
    private static readonly byte[] s_last = "\n]}\n"u8.ToArray();

    private readonly IncrementalHash _hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);

    /// <summary>The number of rows written so far.</summary>
    public int Rows { get; private set; }

    public async Task BeginAsync(PlaylistHead head, DateTimeOffset extractedAt, CancellationToken cancellationToken)
    {
        var time = extractedAt.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture);
        await stream.WriteAsync(s_start, cancellationToken);
        await stream.WriteAsync(head.Json, cancellationToken);
        await stream.WriteAsync(Encoding.UTF8.GetBytes($$""","extracted_at":"{{time}}","items":["""), cancellationToken);
    }

    public async Task WriteAsync(PlaylistPage page, CancellationToken cancellationToken)
    {
        foreach (var row in page.Rows)
        {
            await stream.WriteAsync(Rows > 0 ? s_next : s_first, cancellationToken);
            await stream.WriteAsync(row, cancellationToken);
            _hash.AppendData(s_next);
            _hash.AppendData(row.Span);
            Rows++;
        }
    }

    /// <summary>A fingerprint of the rows since it was last asked for.</summary>
    public string RowsSha256() => Convert.ToHexStringLower(_hash.GetHashAndReset());

    public async Task EndAsync(CancellationToken cancellationToken) => await stream.WriteAsync(s_last, cancellationToken);

    public void Dispose() => _hash.Dispose();
}
