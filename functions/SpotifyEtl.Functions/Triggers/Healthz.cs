using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;
using Microsoft.Azure.Functions.Worker;
using SpotifyEtl.Health;

namespace SpotifyEtl.Triggers;

/// <summary>GET /api/healthz: 200 while the last good run is recent enough, else 503. Anybody may ask and learns that one word.</summary>
public sealed class Healthz(HealthCheck health)
{
    [Function(nameof(Healthz))]
    public async Task<IActionResult> RunAsync(
        [HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = "healthz")] HttpRequest request, CancellationToken cancellationToken)
    {
        var report = await health.LookAsync(cancellationToken);
        return HealthAnswer.Of(report, new { report.Status });
    }
}
