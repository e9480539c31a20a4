using System.Collections.Concurrent;
using System.Globalization;
using EmbeddedHost.Worker.Messages;
using Microsoft.Extensions.Logging;

namespace EmbeddedHost.Worker;

/// <summary>Writes what the worker logs to the host's log, under its own category and level.</summary>
internal sealed class WorkerLogs(ILoggerFactory loggers)
{
    /// <summary>Where ASP.NET Core quotes each request with its query, which may hold a key.</summary>
    public const string RequestCategory = "Microsoft.AspNetCore.Hosting.Diagnostics";

    private readonly ConcurrentDictionary<string, ILogger> _loggers = new(StringComparer.Ordinal);

    public void Write(RpcLog log)
    {
        if (log.LogCategory is RpcLog.Types.RpcLogCategory.CustomMetric
            || log.Level is RpcLog.Types.Level.None
            || (log.Category == RequestCategory && (LogLevel)log.Level < LogLevel.Warning))
        {
            return;
        }

        var logger = _loggers.GetOrAdd(log.Category.Length > 0 ? log.Category : "Worker", loggers.CreateLogger);
        var message = log.Exception is { Message.Length: > 0 } exception ? $"{log.Message} {exception.Message}" : log.Message;
        _ = int.TryParse(log.EventId, NumberStyles.Integer, CultureInfo.InvariantCulture, out var eventId);
        logger.Log((LogLevel)log.Level, new EventId(eventId), message, exception: null, static (text, _) => text);
    }
}
