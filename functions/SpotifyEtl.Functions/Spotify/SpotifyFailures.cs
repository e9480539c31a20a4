using System.Net;
using System.Text.Json;
using SpotifyAPI.Web;
using SpotifyEtl.Errors;

namespace SpotifyEtl.Spotify;

/// <summary>Says in our own exceptions what a failed request for a playlist means and what to do.</summary>
internal static class SpotifyFailure
{
    private const int LongestShown = 200;

    /// <summary>Whether the exception is one of those that Spotify, or the way to it, causes.</summary>
    public static bool Covers(Exception exception, CancellationToken cancellationToken) => exception switch
    {
        OperationCanceledException => !cancellationToken.IsCancellationRequested,
        APIException or HttpRequestException or JsonException or FormatException or OverflowException => true,
        _ => false,
    };

    /// <summary>The failure that an exception which <see cref="Covers"/> names stands for.</summary>
    public static EtlException Of(Exception exception, string playlistId) => exception switch
    {
        APIException answer => OfStatus(answer, playlistId),
        HttpRequestException unreachable => new TransientEtlException(
            $"Spotify cannot be reached for playlist {playlistId}: {unreachable.Message} Check the network, and Spotify__ApiBaseUrl if it is set.",
            unreachable),
        OperationCanceledException timeout => new TransientEtlException(
            $"Spotify did not answer in time for playlist {playlistId}. That passes: try again.", timeout),
        JsonException broken => new TransientEtlException(
            $"An answer of Spotify for playlist {playlistId} is broken: {broken.Message} Try again; if it stays so, check Spotify__ApiBaseUrl "
            + "and any proxy in between.",
            broken),
        _ => new TransientEtlException(
            $"An answer of Spotify for playlist {playlistId} has a header that cannot be read: {exception.Message} Try again later.", exception),
    };

    /// <summary>Whether repeating can help: the server is out of order, and not the request.</summary>
    public static bool MayPass(APIException answer) => answer.Response?.StatusCode is HttpStatusCode.RequestTimeout or >= HttpStatusCode.InternalServerError;

    /// <summary>The status and what the body says, in one line: <c>403: Forbidden</c>.</summary>
    public static string Describe(APIException answer)
    {
        if (answer.Response is not { } response)
        {
            return answer.Message;
        }

        var said = SaidIn(response.Body as string ?? "").ReplaceLineEndings(" ").Trim();
        return said switch
        {
            "" => $"{(int)response.StatusCode}",
            { Length: > LongestShown } => $"{(int)response.StatusCode}: {said[..LongestShown]}…",
            _ => $"{(int)response.StatusCode}: {said}",
        };
    }

    private static EtlException OfStatus(APIException answer, string playlistId)
    {
        var said = Describe(answer);
        return answer.Response?.StatusCode switch
        {
            HttpStatusCode.Unauthorized => new PermanentEtlException(
                $"Spotify did not accept the app's token for playlist {playlistId} ({said}). Compare Spotify__ClientId and Spotify__ClientSecret "
                + "with the app's page, and check that Spotify__TokenUrl and Spotify__ApiBaseUrl belong together.",
                answer),
            HttpStatusCode.Forbidden => new PermanentEtlException(
                $"Spotify refuses this app the contents of playlist {playlistId} ({said}). Possible causes: the app is in development mode, where only "
                + "playlists of a signed-in user are readable, and the app's own credentials sign in nobody; its owner has no Premium subscription; "
                + "the playlist is private. Use an app with extended quota, or a playlist that is open to it.",
                answer),
            HttpStatusCode.NotFound => new PermanentEtlException(
                $"Spotify has no playlist {playlistId} for this app ({said}). Either the id is wrong or the playlist was deleted, or it is one of "
                + "Spotify's own or made for a listener, which newer apps do not see: copy its tracks to a playlist of your own and use that one's id.",
                answer),
            _ when MayPass(answer) => new TransientEtlException($"Spotify is out of order for playlist {playlistId} ({said}). That passes: try again.", answer),
            _ => new PermanentEtlException(
                $"Spotify refused the request for playlist {playlistId} ({said}). Check Spotify__Market and Spotify__ApiBaseUrl if they are set.", answer),
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
        catch (JsonException)
        {
            return body.TrimStart().StartsWith('<') ? "" : body;
        }
    }

    private static string TextOf(JsonElement parent, string name) =>
        parent.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.String ? value.GetString()! : "";
}
