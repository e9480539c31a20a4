using Microsoft.Extensions.Logging;

namespace EmbeddedHost.Http;

/// <summary>The log lines of HTTP: 200 to 299. Never a query or a header: they may hold a key.</summary>
internal static partial class HttpLog
{
    [LoggerMessage(200, LogLevel.Information, "Listening on {Url}: {Functions} HTTP functions. Keys are checked: {KeysChecked}.")]
    public static partial void Listening(ILogger logger, Uri url, int functions, bool keysChecked);

    [LoggerMessage(201, LogLevel.Error, "HTTP function {Function} failed: {Reason}")]
    public static partial void FunctionFailed(ILogger logger, string function, string reason);

    [LoggerMessage(202, LogLevel.Error, "{Method} {Path} failed.")]
    public static partial void RequestFailed(ILogger logger, string method, string path, Exception exception);

    [LoggerMessage(203, LogLevel.Warning, "{Method} {Path} did not end in {Timeout} and was cancelled.")]
    public static partial void RequestTimedOut(ILogger logger, string method, string path, TimeSpan timeout);

    [LoggerMessage(204, LogLevel.Warning, "Requests that did not end in time were cut off.")]
    public static partial void RequestsCutOff(ILogger logger);
}
