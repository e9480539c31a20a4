using System.Globalization;
using System.Net;
using System.Text.Json;
using SpotifyAPI.Web.Http;

namespace SpotifyEtl.Spotify;

/// <summary>What an answer with status 429 asks for.</summary>
/// <param name="Wait">For how long Spotify wants to be left alone; more than zero.</param>
/// <param name="IsQuota">Whether the app's quota is spent, and not only the allowance of the last 30 seconds.</param>
internal sealed record RateLimit(TimeSpan Wait, bool IsQuota)
{
    private const string QuotaReason = "QUOTA_EXCEEDED";
    private const NumberStyles PlainNumber = NumberStyles.AllowDecimalPoint | NumberStyles.AllowLeadingWhite | NumberStyles.AllowTrailingWhite;

    // Longer than anything that was seen, and short enough to be added to any date.
    private static readonly TimeSpan s_longest = TimeSpan.FromDays(365);

    /// <summary>Whether the wait is one for inside the call.</summary>
    public bool IsShort => !IsQuota && Wait <= SpotifyWaits.LongestInCall;

    /// <summary>Reads Retry-After as seconds or as an HTTP date; without one that lies ahead, the usual wait.</summary>
    public static RateLimit? Of(IResponse response, DateTimeOffset now)
    {
        if (response.StatusCode is not HttpStatusCode.TooManyRequests)
        {
            return null;
        }

        var isQuota = IsQuotaBody(response.Body as string ?? "");
        var header = response.Headers.FirstOrDefault(pair => string.Equals(pair.Key, "Retry-After", StringComparison.OrdinalIgnoreCase)).Value;
        var wait = WaitIn(header ?? "", now);
        return new RateLimit(wait > TimeSpan.Zero ? wait : isQuota ? SpotifyWaits.QuotaWhenNotTold : SpotifyWaits.WhenNotTold, isQuota);
    }

    private static TimeSpan WaitIn(string header, DateTimeOffset now)
    {
        if (double.TryParse(header, PlainNumber, CultureInfo.InvariantCulture, out var seconds))
        {
            return seconds < s_longest.TotalSeconds ? TimeSpan.FromSeconds(seconds) : s_longest;
        }

        if (!DateTimeOffset.TryParse(header, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var date))
        {
            return TimeSpan.Zero;
        }

        return date - now < s_longest ? date - now : s_longest;
    }

    private static bool IsQuotaBody(string body)
    {
        try
        {
            using var document = JsonDocument.Parse(body);
            return document.RootElement is { ValueKind: JsonValueKind.Object } root
                && root.TryGetProperty("error", out var error)
                && error.ValueKind is JsonValueKind.Object
                && error.TryGetProperty("reason", out var reason)
                && reason.ValueKind is JsonValueKind.String
                && reason.ValueEquals(QuotaReason);
        }
        catch (JsonException)
        {
            return body.Contains(QuotaReason, StringComparison.Ordinal);
        }
    }
}
