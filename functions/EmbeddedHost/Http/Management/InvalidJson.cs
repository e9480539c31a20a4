using System.Text.Json;
using Microsoft.AspNetCore.Http;

namespace EmbeddedHost.Http.Management;

/// <summary>The answer to a body that is not JSON.</summary>
internal static class InvalidJson
{
    public static Task WriteAsync(HttpContext context, string detail) =>
        HostAnswer.WriteErrorAsync(context, StatusCodes.Status400BadRequest, "Invalid JSON content", detail);

    public static Task WriteAsync(HttpContext context, JsonException exception) => WriteAsync(context, exception.Message);
}
