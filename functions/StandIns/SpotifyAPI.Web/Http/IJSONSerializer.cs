namespace SpotifyAPI.Web.Http;

public interface IJSONSerializer
{
    IAPIResponse<T> DeserializeResponse<T>(IResponse response);

    /// <summary>Replaces the request's body by its JSON text, unless it is a string, a stream, an <see cref="HttpContent"/> or null.</summary>
    void SerializeRequest(IRequest request);
}
