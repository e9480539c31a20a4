namespace SpotifyEtl.Spotify;

/// <summary>Settings that the app cannot write, as those of Azure.</summary>
internal sealed class FixedRefreshTokens : IRefreshTokens
{
    public Task<bool> ReplaceAsync(string before, string token, CancellationToken cancellationToken = default) => Task.FromResult(false);
}
