using Microsoft.Extensions.Logging;
using SpotifyEtl.Errors;
using SpotifyEtl.Lake;
using SpotifyEtl.Lake.Records;

namespace SpotifyEtl.Notifications;

/// <summary>
/// Tells when runs begin to fail and when they work again, once each. What was told last is kept in run_data/notification.json, written
/// after the post: a crash between the two posts again, with the same id.
/// </summary>
public sealed class RunNotifications(ILake lake, LakeRecords records, Webhook webhook, TimeProvider time, ILogger<RunNotifications> logger)
{
    /// <summary>Tells how a run ended, if that is news.</summary>
    /// <exception cref="EtlException">It could not be told.</exception>
    public async Task TellAsync(EndedRun run, CancellationToken cancellationToken)
    {
        // Set when the run was asked for, it may have been taken away since.
        if (!webhook.IsSet)
        {
            return;
        }

        var last = await LastAsync(run, cancellationToken);
        var failedBefore = last?.Status is EndedRunStatus.Failed;
        if (run.Status is EndedRunStatus.Failed == failedBefore)
        {
            return;
        }

        var notification = failedBefore ? Notification.Recovered(run, lake.Location, last!.RunId) : Notification.Failed(run, lake.Location);
        await webhook.PostAsync(notification, cancellationToken);
        NotificationLog.Told(logger, notification.Id);
        await NoteAsync(new ToldLast(run.Status, run.RunId, notification.Id, time.GetUtcNow()), cancellationToken);
    }

    private async Task<ToldLast?> LastAsync(EndedRun run, CancellationToken cancellationToken)
    {
        try
        {
            return await records.FindAsync<ToldLast>(LakeKeys.Notification, cancellationToken);
        }
        catch (EtlException exception) when (run.Status is EndedRunStatus.Failed)
        {
            // A lake that is out of order is a reason to fail: better told twice than never.
            NotificationLog.LastUnknown(logger, run.RunId, exception);
            return null;
        }
    }

    // It is told; where only this fails, the next run tells again what is still so.
    private async Task NoteAsync(ToldLast told, CancellationToken cancellationToken)
    {
        try
        {
            await records.WriteAsync(LakeKeys.Notification, told, cancellationToken);
        }
        catch (EtlException exception)
        {
            NotificationLog.NotNoted(logger, told.Id, exception);
        }
    }
}

/// <summary>What was told last.</summary>
/// <param name="Status">How the run ended.</param>
/// <param name="RunId">The run.</param>
/// <param name="Id">The notification's id.</param>
/// <param name="ToldAt">When it was told (UTC).</param>
internal sealed record ToldLast(EndedRunStatus Status, string RunId, string Id, DateTimeOffset ToldAt);
