using System.Net;
using System.Security.Authentication;
using Microsoft.AspNetCore.WebUtilities;
using SpotifyAPI.Web.Http;

namespace SpotifyEtl.Spotify;

/// <summary>
/// Sends requests and keeps of each answer the bytes, within bounds. What cannot be Spotify's answer is found here, for tokens and data alike.
/// </summary>
internal sealed class SpotifyHttpClient(HttpClient client, SpotifyBounds bounds, SpotifySecrets secrets) : IHTTPClient
{
    private const string CheckAddresses = "Spotify__ApiBaseUrl and Spotify__TokenUrl if they are set";
    private const int LongestShown = 60;
    private const int LongestSecret = 4096;

    public async Task<IResponse> DoRequest(IRequest request, CancellationToken cancel = default)
    {
        using var message = MessageOf(request);
        try
        {
            using var answer = await client.SendAsync(message, HttpCompletionOption.ResponseHeadersRead, cancel);
            var from = HostOf(message);
            ReceivedResponse response = new(
                answer,
                answer.IsSuccessStatusCode
                    ? await BoundedBody.ReadAsync(answer.Content, bounds, from, cancel)
                    : await BoundedBody.ReadStartAsync(answer.Content, bounds, from, cancel));
            ThrowIfNotSpotify(response, from);
            return response;
        }
        catch (HttpRequestException failure)
        {
            ThrowIfHopeless(failure, HostOf(message));
            throw;
        }
    }

    public void SetRequestTimeout(TimeSpan timeout) => client.Timeout = timeout;

    public void Dispose() => client.Dispose();

    private static HttpRequestMessage MessageOf(IRequest request)
    {
        Uri endpoint = new(request.BaseAddress, request.Endpoint);
        var address = QueryHelpers.AddQueryString(endpoint.AbsoluteUri, request.Parameters.Select(pair => KeyValuePair.Create(pair.Key, (string?)pair.Value)));
        HttpRequestMessage message = new(request.Method, address) { Content = request.Body as HttpContent };
        foreach (var (name, value) in request.Headers)
        {
            message.Headers.Add(name, value);
        }

        return message;
    }

    // Handlers change the address to the one that is asked.
    private static string HostOf(HttpRequestMessage message) => $"{message.RequestUri!.Scheme}://{message.RequestUri.Authority}";

    private void ThrowIfNotSpotify(ReceivedResponse response, string from)
    {
        if (response.StatusCode is HttpStatusCode.NetworkAuthenticationRequired)
        {
            throw SignInPage(from, "status 511");
        }

        if (response.StatusCode is HttpStatusCode.ProxyAuthenticationRequired)
        {
            throw ProxyRefuses();
        }

        var body = response.Bytes.Span.TrimStart(" \t\r\n"u8);
        if (!response.IsSuccess || body is [(byte)'{' or (byte)'[', ..])
        {
            return;
        }

        if (body is [(byte)'<', ..] || response.ContentType is "text/html" or "application/xhtml+xml")
        {
            throw SignInPage(from, $"content type {response.ContentType ?? "not given"}");
        }

        if (!body.IsEmpty)
        {
            throw new HopelessRequestException(
                $"{from} answers with what is no JSON ('{Shown((string)response.Body!)}'), and Spotify does not. "
                + $"Check any proxy in between, and {CheckAddresses}.",
                HopelessRequestException.AFewTries);
        }
    }

    private void ThrowIfHopeless(HttpRequestException failure, string from)
    {
        if (failure.HttpRequestError is HttpRequestError.NameResolutionError)
        {
            throw new HopelessRequestException(
                $"The name in {from} does not resolve ({Reason(failure)}), so nothing was asked. Check that the machine has a network and that its "
                + $"DNS answers, and {CheckAddresses}; then start again.",
                HopelessRequestException.AFewTries,
                failure);
        }

        if (failure.InnerException is AuthenticationException untrusted)
        {
            throw new HopelessRequestException(
                $"{from} shows no certificate that this machine trusts ({Reason(untrusted)}), so nothing was asked. Check whether the network wants a sign-in "
                + $"first, that the machine's clock is right, that it knows the certificate of a proxy that reads along, and {CheckAddresses}.",
                HopelessRequestException.AFewTries,
                failure);
        }

        if (failure is { HttpRequestError: HttpRequestError.ProxyTunnelError, StatusCode: HttpStatusCode.ProxyAuthenticationRequired })
        {
            throw ProxyRefuses();
        }
    }

    private static HopelessRequestException SignInPage(string from, string sign) => new(
        $"This network answers with a sign-in page: {from} gave a page for people ({sign}) in place of JSON. Sign in to the network with a "
        + $"browser and start again; if there is nothing to sign in to, check any proxy in between, and {CheckAddresses}.",
        HopelessRequestException.AFewTries);

    private static HopelessRequestException ProxyRefuses() => new(
        "The proxy of this network asks for a sign-in (407). Put its user and password into the proxy's address, as in "
        + "HTTPS_PROXY=http://user:password@proxy:8080, or name Spotify's hosts in NO_PROXY.",
        HopelessRequestException.AFewTries);

    private string Reason(Exception exception) => secrets.Hide(exception.Message).TrimEnd('.');

    // Secrets go before the cut, which could leave half of one.
    private string Shown(string text)
    {
        var start = text.Length > LongestSecret ? text[..LongestSecret] : text;
        var line = new string([.. secrets.Hide(start).Select(character => char.IsControl(character) ? ' ' : character)]).Trim();
        return line.Length > LongestShown ? line[..LongestShown] + "…" : line;
    }
}
