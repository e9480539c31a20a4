using System.Text.Json;
using SpotifyAPI.Web.Http;

namespace SpotifyAPI.Web;

/// <summary>The API answered with an error status. The message is the one in the body, where the body has one.</summary>
public class APIException : Exception
{
    public APIException()
    {
    }

    public APIException(string message)
        : base(message)
    {
    }

    public APIException(string message, Exception innerException)
        : base(message, innerException)
    {
    }

    public APIException(IResponse response)
        : base(MessageIn(response.Body as string)) => Response = response;

    public IResponse? Response { get; set; }

    // Spotify's API puts an object under "error", its accounts service a string.
    private static string? MessageIn(string? body)
    {
        if (string.IsNullOrEmpty(body))
        {
            return null;
        }

        try
        {
            using var document = JsonDocument.Parse(body);
            return document.RootElement.ValueKind == JsonValueKind.Object && document.RootElement.TryGetProperty("error", out var error)
                ? TextOf(error)
                : null;
        }
        catch (Exception unreadable) when (unreadable is JsonException or InvalidOperationException)
        {
            return null;
        }
    }

    private static string? TextOf(JsonElement error) => error.ValueKind switch
    {
        JsonValueKind.String => error.GetString(),
        JsonValueKind.Object when error.TryGetProperty("message", out var message) && message.ValueKind == JsonValueKind.String => message.GetString(),
        _ => null,
    };
}
