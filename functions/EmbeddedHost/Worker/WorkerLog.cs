using Microsoft.Extensions.Logging;

namespace EmbeddedHost.Worker;

/// <summary>The log lines of the worker's side: 100 to 199.</summary>
internal static partial class WorkerLog
{
    [LoggerMessage(100, LogLevel.Information, "The worker {Version} is ready: {Functions} functions.")]
    public static partial void Ready(ILogger logger, string version, int functions);

    [LoggerMessage(101, LogLevel.Information, "The worker has gone.")]
    public static partial void Gone(ILogger logger);

    [LoggerMessage(102, LogLevel.Debug, "The worker sent a {Message} that nothing waits for.")]
    public static partial void Unasked(ILogger logger, string message);

    [LoggerMessage(103, LogLevel.Warning, "A program that is not the worker tried to speak as the worker, and was turned away.")]
    public static partial void Stranger(ILogger logger);

    [LoggerMessage(104, LogLevel.Information,
        "Extended sessions are off: the app's Microsoft.DurableTask.Worker.Grpc is {Version}, and only {Needed} and later understand them. "
        + "Every step replays its whole history.")]
    public static partial void WithoutSessions(ILogger logger, string version, string needed);

    [LoggerMessage(105, LogLevel.Information, "The worker's process {ProcessId} was started: {Command}.")]
    public static partial void Started(ILogger logger, int processId, string command);

    [LoggerMessage(106, LogLevel.Warning,
        "The worker's process {ProcessId} ended with exit code {ExitCode}. It is started again in {Pause}, and what it was doing is done again.")]
    public static partial void Ended(ILogger logger, int processId, int exitCode, TimeSpan pause);

    [LoggerMessage(107, LogLevel.Warning, "The worker's process {ProcessId} did not stop in time and was ended.")]
    public static partial void Killed(ILogger logger, int processId);

    [LoggerMessage(108, LogLevel.Error, "The worker did not become ready: {Reason}")]
    public static partial void NotReady(ILogger logger, string reason);

    [LoggerMessage(109, LogLevel.Warning, "The function {Function} did not stop within {Patience} of being told to, and was given up.")]
    public static partial void GivenUp(ILogger logger, string function, TimeSpan patience);

    [LoggerMessage(110, LogLevel.Information, "worker: {Line}")]
    public static partial void Output(ILogger logger, string line);

    [LoggerMessage(111, LogLevel.Warning, "The worker's process {ProcessId} had outlived its host and was ended.")]
    public static partial void Outlived(ILogger logger, int processId);

    [LoggerMessage(112, LogLevel.Warning, "The worker serves HTTP at {Address} and not on the socket that it was given.")]
    public static partial void OwnAddress(ILogger logger, Uri address);
}
