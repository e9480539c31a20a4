using Microsoft.Extensions.Logging;

namespace SpotifyEtl.Notifications;

/// <summary>The log lines of notifications: 1300 to 1399.</summary>
internal static partial class NotificationLog
{
    [LoggerMessage(1300, LogLevel.Information, "Notification {NotificationId} posted.")]
    public static partial void Told(ILogger logger, string notificationId);

    [LoggerMessage(1301, LogLevel.Warning, "What was told last of runs could not be read: the failure of run {InstanceId} is told, perhaps again.")]
    public static partial void LastUnknown(ILogger logger, string instanceId, Exception exception);

    [LoggerMessage(1302, LogLevel.Warning, "That notification {NotificationId} was posted could not be noted: the next run may tell the same again.")]
    public static partial void NotNoted(ILogger logger, string notificationId, Exception exception);
}
