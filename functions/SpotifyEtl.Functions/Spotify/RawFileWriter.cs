using System.Globalization;
using System.Text;

namespace SpotifyEtl.Spotify;

/// <summary>
/// Writes a raw file: one object with what the rows are of, <c>extracted_at</c> and <c>items</c>, in this order: the head and one row after the other as
/// they were received.
/// </summary>
internal sealed class RawFileWriter(Stream stream)
{
    private static readonly byte[] s_first = "\n"u8.ToArray();
    private static readonly byte[] s_next = ",\n"u8.ToArray();
    private static readonly byte[] s_last = "\n]}\n"u8.ToArray();

    private bool _hasRows;

    /// <param name="member">What the head is called: <c>playlist</c>, or <c>source</c> for what is none.</param>
    /// <param name="head">One JSON object.</param>
    /// <param name="extractedAt">The start of the run.</param>
    /// <param name="cancellationToken">Stops writing.</param>
    public async Task BeginAsync(string member, ReadOnlyMemory<byte> head, DateTimeOffset extractedAt, CancellationToken cancellationToken)
    {
        var time = extractedAt.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture);
        await stream.WriteAsync(Encoding.UTF8.GetBytes($$"""{"{{member}}":"""), cancellationToken);
        await stream.WriteAsync(head, cancellationToken);
        await stream.WriteAsync(Encoding.UTF8.GetBytes($$""","extracted_at":"{{time}}","items":["""), cancellationToken);
    }

    public async Task WriteAsync(IEnumerable<ReadOnlyMemory<byte>> rows, CancellationToken cancellationToken)
    {
        foreach (var row in rows)
        {
            await stream.WriteAsync(_hasRows ? s_next : s_first, cancellationToken);
            await stream.WriteAsync(row, cancellationToken);
            _hasRows = true;
        }
    }

    public async Task EndAsync(CancellationToken cancellationToken) => await stream.WriteAsync(s_last, cancellationToken);
}
