using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;
using SpotifyEtl.Health;

namespace SpotifyEtl.Triggers;

/// <summary>An answer about the app's health, with the status code that monitors look at.</summary>
internal static class HealthAnswer
{
    public static ObjectResult Of(HealthReport report, object body) =>
        new(body) { StatusCode = report.IsHealthy ? StatusCodes.Status200OK : StatusCodes.Status503ServiceUnavailable };
}
