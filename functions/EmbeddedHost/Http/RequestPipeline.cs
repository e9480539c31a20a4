using EmbeddedHost.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Timeouts;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.Logging;

namespace EmbeddedHost.Http;

/// <summary>What every request goes through before and after its endpoint: limits, keys, and an answer for whatever goes wrong.</summary>
internal sealed class RequestPipeline(HttpListenOptions options, AccessKeys keys, TimeProvider time, ILogger logger)
{
    /// <summary>How many times the limit of a body the server reads, to throw it away: only who has sent all of it sees the answer.</summary>
    public const int DrainedLimits = 16;

    /// <summary>Runs the rest within the time and the size that are allowed; what it throws becomes an answer.</summary>
    public async Task GuardAsync(HttpContext context, RequestDelegate next)
    {
        using CancellationTokenSource timeout = new(options.RequestTimeout, time);
        using var both = CancellationTokenSource.CreateLinkedTokenSource(context.RequestAborted, timeout.Token);
        var callerGone = context.RequestAborted;
        context.RequestAborted = both.Token;
        context.Features.Set<IHttpRequestTimeoutFeature>(new Timeout(timeout, both.Token));
        var body = context.Request.Body;
        context.Request.Body = new LimitedBody(body, options.MaxRequestBytes);
        try
        {
            if (context.Request.ContentLength > options.MaxRequestBytes)
            {
                await WriteTooLargeAsync(context, body);
                return;
            }

            await next(context);
        }
        catch (BadHttpRequestException exception) when (!context.Response.HasStarted)
        {
            await (exception.StatusCode == StatusCodes.Status413PayloadTooLarge
                ? WriteTooLargeAsync(context, body)
                : HostAnswer.WriteErrorAsync(context, exception.StatusCode, exception.Message));
        }
        catch (Exception exception) when (exception is OperationCanceledException or IOException && callerGone.IsCancellationRequested)
        {
            // Nobody waits for the answer.
        }
        catch (OperationCanceledException) when (timeout.IsCancellationRequested && !context.Response.HasStarted)
        {
            HttpLog.RequestTimedOut(logger, context.Request.Method, context.Request.Path.ToString(), options.RequestTimeout);
            context.RequestAborted = callerGone;
            await HostAnswer.WriteErrorAsync(context, StatusCodes.Status504GatewayTimeout, $"The request did not end within {options.RequestTimeout}.");
        }
#pragma warning disable CA1031 // Whatever a function or a call of the API throws, the caller gets a bare 500 and the log the rest.
        catch (Exception exception) when (!context.Response.HasStarted)
#pragma warning restore CA1031
        {
            HttpLog.RequestFailed(logger, context.Request.Method, context.Request.Path.ToString(), exception);
            context.Response.Clear();
            context.Response.StatusCode = StatusCodes.Status500InternalServerError;
        }
        finally
        {
            context.RequestAborted = callerGone;
        }
    }

    /// <summary>Lets a request through to the endpoint that routing found for it, if its caller may.</summary>
    public Task AuthorizeAsync(HttpContext context, RequestDelegate next)
    {
        if (!keys.AreChecked && !LocalCallers.Includes(context.Request))
        {
            return HostAnswer.WriteErrorAsync(
                context,
                StatusCodes.Status403Forbidden,
                "This host has no keys and answers programs on its machine only, under a loopback address. "
                + "Set EmbeddedHost__Http__MasterKey to open it to others.");
        }

        // Routing answers a wrong method with an endpoint of its own; Azure's host knows only 404.
        if (context.GetEndpoint() is not RouteEndpoint endpoint)
        {
            context.Response.StatusCode = StatusCodes.Status404NotFound;
            return Task.CompletedTask;
        }

        var level = endpoint.Metadata.GetMetadata<RequiredKey>()?.Level ?? AuthLevel.Function;
        if (keys.Check(context.Request, level) is var verdict && verdict != StatusCodes.Status200OK)
        {
            context.Response.StatusCode = verdict;
            return Task.CompletedTask;
        }

        return next(context);
    }

    private async Task WriteTooLargeAsync(HttpContext context, Stream body)
    {
        // Who asks first whether to send it has not begun to.
        if (context.Request.Headers.Expect.Count == 0)
        {
            await DrainAsync(context, body);
        }

        await HostAnswer.WriteErrorAsync(
            context, StatusCodes.Status400BadRequest, $"The request's body is larger than {options.MaxRequestBytes} bytes, the most that this host takes.");
    }

    private static async Task DrainAsync(HttpContext context, Stream body)
    {
        try
        {
            await body.CopyToAsync(Stream.Null, context.RequestAborted);
        }
        catch (BadHttpRequestException)
        {
            context.Response.Headers.Connection = "close";
        }
    }

    /// <summary>By which an endpoint whose answers take as long as they take lifts the limit of time.</summary>
    private sealed class Timeout(CancellationTokenSource timeout, CancellationToken cancellation) : IHttpRequestTimeoutFeature
    {
        public CancellationToken RequestTimeoutToken => cancellation;

        public void DisableTimeout() => timeout.CancelAfter(System.Threading.Timeout.InfiniteTimeSpan);
    }
}
