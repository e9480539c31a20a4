using SpotifyEtl.Spotify;

namespace SpotifyEtl.Local.Authorization;

/// <summary>The refresh token in local.settings.json. One that comes from elsewhere, such as the environment, is not touched.</summary>
internal sealed class LocalRefreshTokens : IRefreshTokens
{
    private const string Setting = "Spotify__RefreshToken";

    public async Task<bool> ReplaceAsync(string before, string token, CancellationToken cancellationToken = default)
    {
        // The environment comes before the file, at the next start too.
        LocalSettingsFile file = new(Path.GetFullPath("local.settings.json"));
        if (!string.IsNullOrEmpty(Environment.GetEnvironmentVariable(Setting)) || await file.FindAsync(Setting, cancellationToken) != before)
        {
            return false;
        }

        await file.SetAsync([(Setting, token)], cancellationToken);
        return true;
    }
}
