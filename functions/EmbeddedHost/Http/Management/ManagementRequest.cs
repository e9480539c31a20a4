using System.Globalization;
using System.Text.Encodings.Web;
using System.Text.Json;
using DurableTask.Core;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace EmbeddedHost.Http.Management;

/// <summary>What a request to the management API says.</summary>
internal static class ManagementRequest
{
    private static readonly JsonSerializerOptions s_compact = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>The instance's id, or empty. The server leaves an encoded slash as it is.</summary>
    public static string InstanceId(this HttpRequest request) =>
        (request.HttpContext.GetRouteValue("id")?.ToString() ?? string.Empty).Replace("%2F", "/", StringComparison.OrdinalIgnoreCase);

    /// <summary>A value of the query, or null when it is not there or empty.</summary>
    public static string? Value(this HttpRequest request, string name) => request.Query[name].ToString() is { Length: > 0 } value ? value : null;

    /// <summary>A switch of the query; what is neither true nor false counts as not there.</summary>
    public static bool Flag(this HttpRequest request, string name, bool fallback = false) =>
        bool.TryParse(request.Value(name), out var value) ? value : fallback;

    /// <summary>A number above zero, or null when the query has none.</summary>
    public static int? Positive(this HttpRequest request, string name) =>
        int.TryParse(request.Value(name), NumberStyles.None, CultureInfo.InvariantCulture, out var value) && value > 0 ? value : null;

    /// <summary>A time, UTC if it does not say; false when it is there and is none.</summary>
    public static bool TryTime(this HttpRequest request, string name, out DateTimeOffset? time)
    {
        time = null;
        if (request.Value(name) is not { } text)
        {
            return true;
        }

        // A plus sign that was not encoded arrives as a blank.
        var isTime = DateTimeOffset.TryParse(text.Replace(' ', '+'), CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var parsed)
            || DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out parsed);
        time = isTime ? parsed : null;
        return isTime;
    }

    /// <summary>Statuses, separated by commas; empty when the query has none, false when one is misspelt.</summary>
    public static bool TryStatuses(this HttpRequest request, out IReadOnlyList<OrchestrationStatus> statuses)
    {
        List<OrchestrationStatus> found = [];
        statuses = found;
        foreach (var name in request.Query["runtimeStatus"].SelectMany(value => value?.Split(',') ?? []))
        {
            // Enum.TryParse takes numbers too, and lists.
            if (!Enum.TryParse<OrchestrationStatus>(name, ignoreCase: true, out var status)
                || !status.ToString().Equals(name, StringComparison.OrdinalIgnoreCase))
            {
                return false;
            }

            found.Add(status);
        }

        return true;
    }

    /// <summary>The body as JSON; default when there is none.</summary>
    /// <exception cref="JsonException">It is not JSON.</exception>
    public static async Task<JsonElement> ReadJsonAsync(this HttpRequest request)
    {
        using MemoryStream body = new();
        await request.Body.CopyToAsync(body, request.HttpContext.RequestAborted);
        if (body.Length == 0)
        {
            return default;
        }

        body.Position = 0;
        using var document = await JsonDocument.ParseAsync(body, default, request.HttpContext.RequestAborted);
        return document.RootElement.Clone();
    }

    /// <summary>The JSON to hand on; null for JSON's null and for no JSON.</summary>
    public static string? ToPayload(this JsonElement json) =>
        json.ValueKind is JsonValueKind.Null or JsonValueKind.Undefined ? null : JsonSerializer.Serialize(json, s_compact);
}
