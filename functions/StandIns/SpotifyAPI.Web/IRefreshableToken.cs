namespace SpotifyAPI.Web;

/// <summary>A token for a user that can be renewed.</summary>
public interface IRefreshableToken : IUserToken
{
    string RefreshToken { get; set; }
}
