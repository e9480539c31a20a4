namespace SpotifyAPI.Web;

/// <summary>A user's token, as the exchange of an authorization code gives it.</summary>
public class AuthorizationCodeTokenResponse : IRefreshableToken
{
    public string AccessToken { get; set; } = null!;

    public string TokenType { get; set; } = null!;

    /// <summary>Seconds from <see cref="CreatedAt"/>.</summary>
    public int ExpiresIn { get; set; }

    public string Scope { get; set; } = null!;

    public string RefreshToken { get; set; } = null!;

    /// <summary>UTC; when this object was made, unless set.</summary>
    public DateTime CreatedAt { get; set; } = TimeProvider.System.GetUtcNow().UtcDateTime;

    public bool IsExpired => CreatedAt.AddSeconds(ExpiresIn) <= TimeProvider.System.GetUtcNow().UtcDateTime;
}
