using System.Globalization;
using System.Net;
using System.Text.Json;
using SpotifyAPI.Web.Http;

namespace SpotifyEtl.Spotify;

/// <summary>What an answer with status 429 asks for.</summary>
/// <param name="Wait">For how long Spotify wants to be left alone; zero when it said so.</param>
/// <param name="IsQuota">Whether the app's quota is spent, and not only the allowance of the last 30 seconds.</param>
internal sealed record RateLimit(TimeSpan Wait, bool IsQuota)
{
    private const string QuotaReason = "QUOTA_EXCEEDED";
    private const NumberStyles PlainNumber = NumberStyles.AllowDecimalPoint | NumberStyles.AllowLeadingWhite | NumberStyles.AllowTrailingWhite;

    // Longer than anything that was seen, and short enough to be added to any date.
    private static readonly TimeSpan s_longest = TimeSpan.FromDays(365);

    /// <summary>Whether the wait is one for inside the call.</summary>
    public bool IsShort => Wait == TimeSpan.Zero || (!IsQuota && Wait <= SpotifyWaits.LongestInCall);

    /// <summary>The wait when it is handed on: whoever says "now" time and again is not asked time and again.</summary>
    public TimeSpan Deferral => Wait > TimeSpan.Zero ? Wait : Usual(IsQuota);

    /// <summary>Reads Retry-After as seconds or as an HTTP date; without seconds or a date that lies ahead, the usual wait.</summary>
    public static RateLimit? Of(IResponse response, DateTimeOffset now)
    {
        if (response.StatusCode is not HttpStatusCode.TooManyRequests)
        {
            return null;
        }

        var isQuota = IsQuotaBody(response.Body as string ?? "");
        var header = response.Headers.FirstOrDefault(pair => string.Equals(pair.Key, "Retry-After", StringComparison.OrdinalIgnoreCase)).Value;
        return new RateLimit(WaitIn(header ?? "", now) ?? Usual(isQuota), isQuota);
    }

    private static TimeSpan Usual(bool isQuota) => isQuota ? SpotifyWaits.QuotaWhenNotTold : SpotifyWaits.WhenNotTold;

    private static TimeSpan? WaitIn(string header, DateTimeOffset now)
    {
        if (double.TryParse(header, PlainNumber, CultureInfo.InvariantCulture, out var seconds) && double.IsFinite(seconds))
        {
            return seconds < s_longest.TotalSeconds ? TimeSpan.FromSeconds(seconds) : s_longest;
        }

        if (!DateTimeOffset.TryParse(header, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var date))
        {
            return null;
        }

        // A date gone by tells more of clocks that differ than of the wait.
        var wait = date - now;
        return wait <= TimeSpan.Zero ? null : wait < s_longest ? wait : s_longest;
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
        catch (Exception unreadable) when (unreadable is JsonException or InvalidOperationException)
        {
            return body.Contains(QuotaReason, StringComparison.Ordinal);
        }
    }
}
