namespace SpotifyAPI.Web.Http;

/// <summary>An answer and what its body was read as.</summary>
public interface IAPIResponse<out T>
{
    T? Body { get; }

    IResponse Response { get; }
}
