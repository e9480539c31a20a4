namespace SpotifyAPI.Web.Http;

public interface IRequest
{
    Uri BaseAddress { get; }

    /// <summary>Absolute, or relative to <see cref="BaseAddress"/>.</summary>
    Uri Endpoint { get; }

    IDictionary<string, string> Headers { get; }

    /// <summary>What is added to the endpoint's query, not yet URL-encoded.</summary>
    IDictionary<string, string> Parameters { get; }

    HttpMethod Method { get; }

    object? Body { get; set; }
}
