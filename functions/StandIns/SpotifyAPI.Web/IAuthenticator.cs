using SpotifyAPI.Web.Http;

namespace SpotifyAPI.Web;

/// <summary>Gives a request what proves who sends it.</summary>
public interface IAuthenticator
{
    /// <summary>Adds the Authorization header. A token that must be requested first goes through <paramref name="apiConnector"/>.</summary>
    Task Apply(IRequest request, IAPIConnector apiConnector);
}
