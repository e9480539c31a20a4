namespace SpotifyAPI.Web;

/// <summary>A token for a user.</summary>
public interface IUserToken : IToken
{
    /// <summary>What the user allowed, with spaces between.</summary>
    string Scope { get; set; }
}
