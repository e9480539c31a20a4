namespace SpotifyAPI.Web.Http;

/// <summary>Sees every answer before its status is judged, and may send the request again.</summary>
public interface IRetryHandler
{
    /// <summary>Sends the request once more, authenticated anew.</summary>
    delegate Task<IResponse> RetryFunc(IRequest request, CancellationToken cancel = default);

    /// <summary>Gives the answer to go on with: <paramref name="response"/> or that of a repetition.</summary>
    Task<IResponse> HandleRetry(IRequest request, IResponse response, RetryFunc retry, CancellationToken cancel = default);
}
