using SpotifyAPI.Web.Http;

namespace SpotifyAPI.Web;

/// <summary>Status 401.</summary>
public class APIUnauthorizedException : APIException
{
    public APIUnauthorizedException()
    {
    }

    public APIUnauthorizedException(string message)
        : base(message)
    {
    }

    public APIUnauthorizedException(string message, Exception innerException)
        : base(message, innerException)
    {
    }

    public APIUnauthorizedException(IResponse response)
        : base(response)
    {
    }
}
