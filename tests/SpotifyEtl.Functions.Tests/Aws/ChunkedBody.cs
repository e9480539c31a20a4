using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Microsoft.AspNetCore.Http;

namespace SpotifyEtl.Functions.Tests.Aws;

/// <summary>Keeps an upload's body, in chunks with a trailing checksum or plain, and refuses one whose SHA-256 is not the one announced.</summary>
internal static class ChunkedBody
{
    /// <param name="context">The upload.</param>
    /// <param name="path">The file that a large body becomes.</param>
    public static async Task<(S3Piece Body, byte[] Sha256, byte[] Md5)> SaveAsync(HttpContext context, string path)
    {
        var request = context.Request;
        using var sha256 = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
#pragma warning disable CA5351 // An ETag of S3 is an MD5.
        using var md5 = IncrementalHash.CreateHash(HashAlgorithmName.MD5);
#pragma warning restore CA5351
        var size = 0L;
        string? announced = request.Headers["x-amz-checksum-sha256"];
        using MemoryStream memory = new();
        FileStream? file = null;
        try
        {
            var isChunked = request.Headers["x-amz-content-sha256"].ToString().StartsWith("STREAMING-", StringComparison.Ordinal);
            var pieces = isChunked ? ChunksAsync(context, value => announced = value) : PiecesAsync(request.Body, long.MaxValue, context.RequestAborted);
            await foreach (var piece in pieces)
            {
                size += piece.Length;
                sha256.AppendData(piece.Span);
                md5.AppendData(piece.Span);
                if (file is null && size > S3Piece.MostInMemory)
                {
                    file = new FileStream(path, FileMode.Create, FileAccess.Write, FileShare.None, 1 << 16);
                    memory.WriteTo(file);
                }

                await ((Stream?)file ?? memory).WriteAsync(piece, context.RequestAborted);
            }
        }
        finally
        {
            await (file?.DisposeAsync() ?? ValueTask.CompletedTask);
        }

        var length = request.Headers["x-amz-decoded-content-length"].ToString() is { Length: > 0 } decoded
            ? long.Parse(decoded, CultureInfo.InvariantCulture)
            : request.ContentLength;
        if (length != size)
        {
            throw new S3Refusal(400, "IncompleteBody", $"The body has {size} bytes, {length} were announced.");
        }

        var hash = sha256.GetHashAndReset();
        return announced is null || announced == Convert.ToBase64String(hash)
            ? (file is null ? S3Piece.Of(memory.ToArray()) : S3Piece.OfFile(path, size), hash, md5.GetHashAndReset())
            : throw new S3Refusal(400, "BadDigest", "The SHA256 you specified did not match the calculated checksum.");
    }

    private static async IAsyncEnumerable<ReadOnlyMemory<byte>> PiecesAsync(
        Stream body, long bytes, [System.Runtime.CompilerServices.EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var buffer = new byte[1 << 16];
        while (bytes > 0)
        {
            var read = await body.ReadAsync(buffer.AsMemory(0, (int)Math.Min(buffer.Length, bytes)), cancellationToken);
            if (read == 0)
            {
                yield break;
            }

            bytes -= read;
            yield return buffer.AsMemory(0, read);
        }
    }

    private static async IAsyncEnumerable<ReadOnlyMemory<byte>> ChunksAsync(HttpContext context, Action<string> checksum)
    {
        await using BufferedStream body = new(context.Request.Body, 1 << 16);
        while (true)
        {
            var head = await LineAsync(body);
            var size = long.Parse(head.Split(';')[0], NumberStyles.HexNumber, CultureInfo.InvariantCulture);
            if (size == 0)
            {
                break;
            }

            await foreach (var piece in PiecesAsync(body, size, context.RequestAborted))
            {
                yield return piece;
            }

            await LineAsync(body);
        }

        while (await LineAsync(body) is { Length: > 0 } trailer)
        {
            if (trailer.StartsWith("x-amz-checksum-sha256:", StringComparison.OrdinalIgnoreCase))
            {
                checksum(trailer["x-amz-checksum-sha256:".Length..].Trim());
            }
        }
    }

    private static async Task<string> LineAsync(Stream body)
    {
        StringBuilder line = new();
        var one = new byte[1];
        while (await body.ReadAsync(one) == 1 && one[0] != '\n')
        {
            line.Append((char)one[0]);
        }

        return line.ToString().TrimEnd('\r');
    }
}
