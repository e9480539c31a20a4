using System.Collections.ObjectModel;
using System.Net;

namespace SpotifyAPI.Web.Http;

public class Response(IDictionary<string, string> headers) : IResponse
{
    public object? Body { get; set; }

    public IReadOnlyDictionary<string, string> Headers { get; set; } = new ReadOnlyDictionary<string, string>(headers);

    public HttpStatusCode StatusCode { get; set; }

    public string? ContentType { get; set; }
}
