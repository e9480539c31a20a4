using SpotifyAPI.Web.Http;

namespace SpotifyEtl.Spotify;

/// <summary>Sends each request, those for tokens too, when the process's pace allows it.</summary>
internal sealed class PacedHttpClient(IHTTPClient inner, SpotifyPace pace) : IHTTPClient
{
    public Task<IResponse> DoRequest(IRequest request, CancellationToken cancel = default) =>
        pace.SendAsync(request, () => inner.DoRequest(request, cancel), cancel);

    public void SetRequestTimeout(TimeSpan timeout) => inner.SetRequestTimeout(timeout);

    public void Dispose() => inner.Dispose();
}
