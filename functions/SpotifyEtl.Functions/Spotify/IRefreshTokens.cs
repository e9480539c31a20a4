namespace SpotifyEtl.Spotify;

/// <summary>Where the refresh token of the settings is kept, for when Spotify replaces it.</summary>
public interface IRefreshTokens
{
    /// <summary>Keeps the new token in place of the one that was set.</summary>
    /// <returns>Whether the next start of the app will find it.</returns>
    Task<bool> ReplaceAsync(string before, string token, CancellationToken cancellationToken = default);
}
