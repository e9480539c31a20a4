using Microsoft.Azure.Functions.Worker;
using SpotifyEtl.Notifications;

namespace SpotifyEtl.Activities;

/// <summary>Tells that a run failed, or that runs work again, unless that was told before. Run twice, it may post twice, with the same id.</summary>
public sealed class SendNotification(RunNotifications notifications)
{
    [Function(nameof(SendNotification))]
    public Task RunAsync([ActivityTrigger] EndedRun run, CancellationToken cancellationToken) => notifications.TellAsync(run, cancellationToken);
}
