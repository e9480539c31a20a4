using SpotifyEtl.Local.Terminal;
using SpotifyEtl.Spotify;

namespace SpotifyEtl.Local.Authorization;

/// <summary>The refresh token in local.settings.json. One that comes from elsewhere, such as the environment, is not touched.</summary>
internal sealed class LocalRefreshTokens(Shell shell) : IRefreshTokens
{
    private const string Setting = "Spotify__RefreshToken";

    public async Task<bool> ReplaceAsync(string before, string token, CancellationToken cancellationToken = default)
    {
        // The environment comes before the file, at the next start too.
        var file = LocalSettingsFile.Of(shell);
        if (shell.Environment.GetValueOrDefault(Setting) is { Length: > 0 } || await file.FindAsync(Setting, cancellationToken) != before)
        {
            return false;
        }

        await file.SetAsync([(Setting, token)], cancellationToken);
        return true;
    }
}
