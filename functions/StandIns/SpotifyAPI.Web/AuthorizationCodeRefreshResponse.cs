namespace SpotifyAPI.Web;

/// <summary>A user's token, renewed. The accounts service may leave <see cref="RefreshToken"/> out, which says that the old one stays.</summary>
public class AuthorizationCodeRefreshResponse : IRefreshableToken
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
