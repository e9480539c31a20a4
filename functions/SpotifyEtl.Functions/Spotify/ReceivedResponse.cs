using System.Net;
using System.Text;
using SpotifyAPI.Web.Http;

namespace SpotifyEtl.Spotify;

/// <summary>An answer that keeps its body's bytes. Only who asks for text, as the client package does of refusals and tokens, gets text.</summary>
internal sealed class ReceivedResponse(HttpResponseMessage answer, ReadOnlyMemory<byte> body) : IResponse
{
    private string? _text;

    /// <summary>The body, unpacked, without a byte order mark.</summary>
    public ReadOnlyMemory<byte> Bytes { get; } = body.Span.StartsWith(Encoding.UTF8.Preamble) ? body[Encoding.UTF8.Preamble.Length..] : body;

    public object? Body => _text ??= Encoding.UTF8.GetString(Bytes.Span);

    public IReadOnlyDictionary<string, string> Headers { get; } =
        answer.Headers.ToDictionary(header => header.Key, header => header.Value.First(), StringComparer.OrdinalIgnoreCase);

    public HttpStatusCode StatusCode { get; } = answer.StatusCode;

    public string? ContentType { get; } = answer.Content.Headers.ContentType?.MediaType;

    public bool IsSuccess => (int)StatusCode is >= 200 and < 300;
}
