using System.Text.Json;
using Microsoft.Extensions.Logging;
using SpotifyEtl.Errors;
using SpotifyEtl.Lake;
using SpotifyEtl.Runs;

namespace SpotifyEtl.Notifications;

/// <summary>
/// Tells when runs begin to fail and when they work again, once each. What was told last is kept in run_data/notification.json, written
/// after the post: a crash between the two posts again, with the same id.
/// </summary>
public sealed class RunNotifications(ILake lake, Webhook webhook, TimeProvider time, ILogger<RunNotifications> logger)
{
    /// <summary>Tells how a run ended, if that is news.</summary>
    /// <exception cref="EtlException">It could not be told.</exception>
    public async Task TellAsync(RunEnd run, CancellationToken cancellationToken)
    {
        // Set when the run was asked for, it may have been taken away since.
        if (!webhook.IsSet)
        {
            return;
        }

        var last = await LastAsync(run, cancellationToken);
        var failedBefore = last?.Status is RunStatus.Failed;
        if (run.Status is RunStatus.Failed == failedBefore)
        {
            return;
        }

        var notification = failedBefore ? Notification.Recovered(run, lake.Location, last!.RunId) : Notification.Failed(run, lake.Location);
        await webhook.PostAsync(notification, cancellationToken);
        NotificationLog.Told(logger, notification.Id);
        await NoteAsync(new ToldLast(run.Status, run.RunId, notification.Id, time.GetUtcNow()), cancellationToken);
    }

    private async Task<ToldLast?> LastAsync(RunEnd run, CancellationToken cancellationToken)
    {
        try
        {
            await using var stream = await lake.OpenReadAsync(LakeKeys.Notification, cancellationToken);
            return await JsonSerializer.DeserializeAsync<ToldLast>(stream, RunJson.Options, cancellationToken);
        }
        catch (Exception exception) when (exception is LakeObjectNotFoundException or JsonException)
        {
            return null;
        }
        catch (EtlException exception) when (run.Status is RunStatus.Failed)
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
            await using var writer = await lake.CreateAsync(LakeKeys.Notification, cancellationToken);
            await JsonSerializer.SerializeAsync(writer.Stream, told, RunJson.Options, cancellationToken);
            writer.Stream.WriteByte((byte)'\n');
            await writer.CommitAsync(cancellationToken);
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
internal sealed record ToldLast(RunStatus Status, string RunId, string Id, DateTimeOffset ToldAt);
