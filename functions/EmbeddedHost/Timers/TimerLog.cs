using Microsoft.Extensions.Logging;

namespace EmbeddedHost.Timers;

/// <summary>The timers' log lines: 300 to 399.</summary>
internal static partial class TimerLog
{
    [LoggerMessage(300, LogLevel.Information, "Timer function {Function} runs on schedule {Schedule}; next due {NextDue:u}.")]
    public static partial void Scheduled(ILogger logger, string function, string schedule, DateTime nextDue);

    [LoggerMessage(301, LogLevel.Information, "Timer function {Function} started, due {Due:u}.")]
    public static partial void Started(ILogger logger, string function, DateTime due);

    [LoggerMessage(302, LogLevel.Warning,
        "Timer function {Function} started past its due time {Due:u}. It stands for all that were missed; next due {NextDue:u}.")]
    public static partial void StartedPastDue(ILogger logger, string function, DateTime due, DateTime nextDue);

    [LoggerMessage(303, LogLevel.Information, "Timer function {Function} started because the host did.")]
    public static partial void StartedWithHost(ILogger logger, string function);

    [LoggerMessage(304, LogLevel.Debug, "Timer function {Function} ended after {ElapsedMs} ms.")]
    public static partial void Ended(ILogger logger, string function, double elapsedMs);

    [LoggerMessage(305, LogLevel.Error, "Timer function {Function} failed after {ElapsedMs} ms; it runs again when it is next due.")]
    public static partial void Failed(ILogger logger, string function, double elapsedMs, Exception exception);

    [LoggerMessage(306, LogLevel.Error,
        "Timer function {Function}, due {Due:u}, waits: that it is taken could not be written, and will be tried again in {Delay}.")]
    public static partial void NotTaken(ILogger logger, string function, DateTime due, TimeSpan delay, Exception exception);

    [LoggerMessage(307, LogLevel.Warning,
        "Timer function {Function}: the clock was set back from {Before:u} to {Now:u}. Its schedule begins afresh; next due {NextDue:u}.")]
    public static partial void ClockWasWrong(ILogger logger, string function, DateTime before, DateTime now, DateTime nextDue);

    [LoggerMessage(308, LogLevel.Information,
        "Timer function {Function}, due {Due:u}, was not started because the host stops; it is made up at the next start.")]
    public static partial void HandedBack(ILogger logger, string function, DateTime due);

    [LoggerMessage(309, LogLevel.Warning, "Timer function {Function} did not stop in time and was abandoned.")]
    public static partial void Abandoned(ILogger logger, string function);
}
