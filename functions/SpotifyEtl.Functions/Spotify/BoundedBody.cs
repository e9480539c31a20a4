using System.Globalization;

namespace SpotifyEtl.Spotify;

/// <summary>Reads bodies within <see cref="SpotifyBounds"/>.</summary>
internal static class BoundedBody
{
    private const int FirstBytes = 1 << 14;

    /// <summary>Reads a body to its end.</summary>
    /// <exception cref="HopelessRequestException">It is too large, or comes too slowly.</exception>
    /// <exception cref="OperationCanceledException">Nothing of it came for too long.</exception>
    public static Task<ReadOnlyMemory<byte>> ReadAsync(HttpContent content, SpotifyBounds bounds, string from, CancellationToken cancellationToken) =>
        ReadAsync(content, bounds.MaxBodyBytes, bounds, from, () => throw TooLarge(bounds, from), cancellationToken);

    /// <summary>Reads what a refusal says, and leaves the rest of a long one.</summary>
    public static Task<ReadOnlyMemory<byte>> ReadStartAsync(HttpContent content, SpotifyBounds bounds, string from, CancellationToken cancellationToken) =>
        ReadAsync(content, bounds.MaxErrorBytes, bounds, from, () => { }, cancellationToken);

    private static async Task<ReadOnlyMemory<byte>> ReadAsync(
        HttpContent content, int most, SpotifyBounds bounds, string from, Action beyond, CancellationToken cancellationToken)
    {
        using var whole = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        using var silence = CancellationTokenSource.CreateLinkedTokenSource(whole.Token);
        whole.CancelAfter(bounds.BodyTime);
        silence.CancelAfter(bounds.SilenceTime);
        try
        {
            await using var stream = await content.ReadAsStreamAsync(silence.Token);

            // One byte more than there may be shows that there is more, or that there is not.
            var body = new byte[(int)Math.Min(content.Headers.ContentLength ?? FirstBytes, most) + 1];
            var length = 0;
            while (await stream.ReadAsync(body.AsMemory(length), silence.Token) is var read and > 0)
            {
                silence.CancelAfter(bounds.SilenceTime);
                length += read;
                if (length > most)
                {
                    beyond();
                    return body.AsMemory(0, most);
                }

                if (length == body.Length)
                {
                    Array.Resize(ref body, (int)Math.Min(2L * body.Length, most + 1L));
                }
            }

            return body.AsMemory(0, length);
        }
        catch (OperationCanceledException) when (whole.IsCancellationRequested && !cancellationToken.IsCancellationRequested)
        {
            throw TooSlow(bounds, from);
        }
        catch (Exception broken) when (broken is IOException or InvalidDataException or InvalidOperationException)
        {
            // Each way of packing has its own exception for what it cannot unpack.
            throw new HttpRequestException(HttpRequestError.ResponseEnded, broken.Message, broken);
        }
    }

    private static HopelessRequestException TooLarge(SpotifyBounds bounds, string from) => new(
        $"{from} answers with more than {bounds.MaxBodyMegabytes} MB, unpacked, the most that is taken of one page: a page of 50 rows has less than one. "
        + "Check Spotify__ApiBaseUrl and Spotify__TokenUrl, if they are set, and any proxy in between.",
        HopelessRequestException.OneTry);

    private static HopelessRequestException TooSlow(SpotifyBounds bounds, string from) =>
        new(
            string.Create(
                CultureInfo.InvariantCulture,
                $"{from} had not come to the end of its answer after {bounds.BodyTime.TotalMinutes:0.##} minutes, the longest that is waited for one. "
                + $"Check the network and any proxy in between, and try again."),
            HopelessRequestException.OneTry)
        {
            MayPassLater = true,
        };
}
