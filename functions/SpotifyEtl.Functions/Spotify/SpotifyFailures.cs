using System.Net;
using System.Text.Json;
using Microsoft.Extensions.Options;
using SpotifyAPI.Web;
using SpotifyEtl.Errors;

namespace SpotifyEtl.Spotify;

/// <summary>Says in our own exceptions what a failed request means and what to do. No secret is in them: what Spotify says is cut and cleaned.</summary>
public sealed class SpotifyFailures(IOptions<SpotifyOptions> options, SpotifySecrets secrets)
{
    private const int LongestShown = 200;

    /// <summary>Whether the exception is one of those that Spotify, or the way to it, causes.</summary>
    public static bool Covers(Exception exception, CancellationToken cancellationToken) => exception switch
    {
        OperationCanceledException => !cancellationToken.IsCancellationRequested,
        APIException or HttpRequestException or HopelessRequestException or JsonException => true,
        _ => false,
    };

    /// <summary>Whether repeating can help: the server is out of order, and not the request.</summary>
    public static bool MayPass(HttpStatusCode? status) => status is HttpStatusCode.RequestTimeout or >= HttpStatusCode.InternalServerError;

    /// <summary>The failure that an exception which <see cref="Covers"/> names stands for.</summary>
    internal EtlException Of(Exception exception, SourceId source, PlaylistHead? head) => exception switch
    {
        APIException answer => OfStatus(answer, source, head),
        HopelessRequestException { MayPassLater: true } => new TransientEtlException($"{source.Heading}: {exception.Message}", exception),
        HopelessRequestException => new PermanentEtlException($"{source.Heading}: {exception.Message}", exception),
        HttpRequestException unreachable => new TransientEtlException(
            $"Spotify cannot be reached for {source.Subject}: {Hide(unreachable.Message).TrimEnd('.')}. "
            + "Check the network, and Spotify__ApiBaseUrl if it is set."),
        OperationCanceledException => new TransientEtlException($"Spotify did not answer in time for {source.Subject}. That passes: try again."),
        _ => new TransientEtlException(
            $"An answer of Spotify for {source.Subject} is broken: {Hide(exception.Message)} Try again; if it stays so, check Spotify__ApiBaseUrl "
            + "and any proxy in between."),
    };

    /// <summary>The failure of a request for a token.</summary>
    internal EtlException OfSignIn(APIException answer)
    {
        var said = Describe(answer);
        if (MayPass(answer.Response?.StatusCode))
        {
            return new TransientEtlException($"Spotify's accounts service gave no token ({said}). That passes: try again.");
        }

        return said.Contains("invalid_grant", StringComparison.Ordinal)
            ? new PermanentEtlException(
                $"Spotify's accounts service no longer takes the refresh token ({said}): it was withdrawn, belongs to another app, or its six months are over. "
                + "Authorize again with 'spotify-etl authorize' and put the new token into Spotify__RefreshToken wherever the app runs.")
            : new PermanentEtlException(
                $"Spotify's accounts service refused the app's credentials ({said}). Compare Spotify__ClientId and Spotify__ClientSecret with the app's page "
                + "at https://developer.spotify.com/dashboard.");
    }

    /// <summary>The failure of a request for a token that reached nobody.</summary>
    internal static EtlException OfSignIn(HttpRequestException unreachable) => new TransientEtlException(
        $"Spotify's accounts service cannot be reached: {unreachable.Message.TrimEnd('.')}. Check the network, and Spotify__TokenUrl if it is set.",
        unreachable);

    /// <summary>The failure of a request for a token that it makes no sense to repeat.</summary>
    internal static EtlException OfSignIn(HopelessRequestException hopeless) => hopeless.MayPassLater
        ? new TransientEtlException($"There is no token: {hopeless.Message}", hopeless)
        : new PermanentEtlException($"There is no token: {hopeless.Message}", hopeless);

    /// <summary>The status and what the body says, in one line: <c>403: Forbidden</c>.</summary>
    internal string Describe(APIException answer)
    {
        if (answer.Response is not { } response)
        {
            return Hide(answer.Message);
        }

        // Secrets go before the cut, which could leave half of one.
        var said = Hide(SaidIn(response.Body as string ?? "")).ReplaceLineEndings(" ").Trim();
        return said switch
        {
            "" => $"{(int)response.StatusCode}",
            { Length: > LongestShown } => $"{(int)response.StatusCode}: {said[..LongestShown]}…",
            _ => $"{(int)response.StatusCode}: {said}",
        };
    }

    internal string Hide(string text) => secrets.Hide(text);

    private EtlException OfStatus(APIException answer, SourceId source, PlaylistHead? head)
    {
        var said = Describe(answer);
        var asUser = !string.IsNullOrEmpty(options.Value.RefreshToken);
        return answer.Response?.StatusCode switch
        {
            HttpStatusCode.Unauthorized => new PermanentEtlException(
                $"Spotify did not accept the app's token for {source.Subject}, nor a new one ({said}). Compare Spotify__ClientId and Spotify__ClientSecret "
                + "with the app's page, and check that Spotify__TokenUrl and Spotify__ApiBaseUrl belong together."),
            HttpStatusCode.Forbidden => new PermanentEtlException(
                $"Spotify refuses this app the contents of {source.Subject} ({said}). {RefusalCauses.OfForbidden(said, asUser, source, head)}"),
            HttpStatusCode.NotFound => new PermanentEtlException(
                $"Spotify has no {source.Subject} for this app ({said}). {RefusalCauses.OfNotFound(asUser, source, head)}"),
            { } status when MayPass(status) => new TransientEtlException($"Spotify is out of order for {source.Subject} ({said}). That passes: try again."),
            _ => new PermanentEtlException(
                $"Spotify refused the request for {source.Subject} ({said}). Check Spotify__Market and Spotify__ApiBaseUrl if they are set."),
        };
    }

    // The API puts an object with a message under "error", the accounts service a code with a description beside it; either may send plain text.
    private static string SaidIn(string body)
    {
        try
        {
            using var document = JsonDocument.Parse(body);
            if (document.RootElement.ValueKind != JsonValueKind.Object || !document.RootElement.TryGetProperty("error", out var error))
            {
                return "";
            }

            return error.ValueKind == JsonValueKind.Object
                ? TextOf(error, "message")
                : $"{TextOf(document.RootElement, "error")} {TextOf(document.RootElement, "error_description")}";
        }
        catch (Exception unreadable) when (unreadable is JsonException or InvalidOperationException)
        {
            return body.TrimStart().StartsWith('<') ? "" : body;
        }
    }

    private static string TextOf(JsonElement parent, string name) =>
        parent.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.String ? value.GetString()! : "";
}
