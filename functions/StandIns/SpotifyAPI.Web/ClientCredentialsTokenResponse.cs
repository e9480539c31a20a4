namespace SpotifyAPI.Web;

/// <summary>A token for the app itself: it reads what is public.</summary>
public class ClientCredentialsTokenResponse : IToken
{
    public string AccessToken { get; set; } = null!;

    public string TokenType { get; set; } = null!;

    /// <summary>Seconds from <see cref="CreatedAt"/>.</summary>
    public int ExpiresIn { get; set; }

    /// <summary>UTC; when this object was made, unless set.</summary>
    public DateTime CreatedAt { get; set; } = TimeProvider.System.GetUtcNow().UtcDateTime;

    public bool IsExpired => CreatedAt.AddSeconds(ExpiresIn) <= TimeProvider.System.GetUtcNow().UtcDateTime;
}
