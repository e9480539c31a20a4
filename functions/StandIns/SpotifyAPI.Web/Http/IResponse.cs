using System.Net;

namespace SpotifyAPI.Web.Http;

public interface IResponse
{
    /// <summary>The body's text.</summary>
    object? Body { get; }

    /// <summary>The answer's own headers, not those of its content; the first value of each.</summary>
    IReadOnlyDictionary<string, string> Headers { get; }

    HttpStatusCode StatusCode { get; }

    /// <summary>The media type, without a charset.</summary>
    string? ContentType { get; }
}
