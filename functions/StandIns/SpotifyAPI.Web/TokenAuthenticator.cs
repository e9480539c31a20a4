using SpotifyAPI.Web.Http;

namespace SpotifyAPI.Web;

/// <summary>Sends one given token.</summary>
public class TokenAuthenticator(string token, string tokenType) : IAuthenticator
{
    public string Token { get; set; } = token;

    public string TokenType { get; set; } = tokenType;

    public Task Apply(IRequest request, IAPIConnector apiConnector)
    {
        ArgumentNullException.ThrowIfNull(request);

        request.Headers["Authorization"] = $"{TokenType} {Token}";
        return Task.CompletedTask;
    }
}
