using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;
using Microsoft.Azure.Functions.Worker;
using SpotifyEtl.Health;

namespace SpotifyEtl.Triggers;

/// <summary>GET /api/healthz/details: the same with the last good run and its age, for those who have a function key.</summary>
public sealed class HealthzDetails(HealthCheck health)
{
    [Function(nameof(HealthzDetails))]
    public async Task<IActionResult> RunAsync(
        [HttpTrigger(AuthorizationLevel.Function, "get", Route = "healthz/details")] HttpRequest request, CancellationToken cancellationToken)
    {
        var report = await health.LookAsync(cancellationToken);
        return HealthAnswer.Of(report, report);
    }
}
