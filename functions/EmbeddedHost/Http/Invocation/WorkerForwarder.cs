using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using System.Runtime.ExceptionServices;
using EmbeddedHost.Worker;
using EmbeddedHost.Worker.Messages;
using Microsoft.AspNetCore.Http;
using Microsoft.Net.Http.Headers;
using Yarp.ReverseProxy.Forwarder;

namespace EmbeddedHost.Http.Invocation;

/// <summary>Sends requests on to the worker's own server: over its Unix socket where it has one, else over loopback.</summary>
internal sealed class WorkerForwarder(IHttpForwarder forwarder, TimeSpan longest, Uri? publicUrl) : IDisposable
{
    private const string InvocationIdHeader = "x-ms-invocation-id";

    private readonly ForwarderRequestConfig _config = new() { ActivityTimeout = longest };
    private readonly Lock _gate = new();
    private (string? Socket, HttpMessageInvoker Client)? _client;

    /// <summary>Sends a request on and its answer back. An answer without a body waits for the function's own end, which may be a failure.</summary>
    public async Task ForwardAsync(HttpContext context, ReadyWorker worker, string invocationId, Task<InvocationResponse> answering)
    {
        var address = worker.HttpSocket is null ? worker.HttpAddress!.ToString() : "http://localhost/";
        var error = await forwarder.SendAsync(
            context, address, ClientOf(worker), _config, new Transformer(invocationId, publicUrl, answering), context.RequestAborted);
        if (error is ForwarderError.None)
        {
            return;
        }

        context.RequestAborted.ThrowIfCancellationRequested();
        if (context.GetForwarderErrorFeature()?.Exception is not { } exception || context.Response.HasStarted)
        {
            return;
        }

        // What the request's own body did wrong is the caller's to know; a worker that breaks off has failed the function.
        if ((exception as BadHttpRequestException ?? exception.InnerException as BadHttpRequestException) is { } badRequest)
        {
            ExceptionDispatchInfo.Throw(badRequest);
        }

        throw new WorkerLostException(exception.Message, exception);
    }

    public void Dispose() => _client?.Client.Dispose();

    private HttpMessageInvoker ClientOf(ReadyWorker worker)
    {
        lock (_gate)
        {
            if (_client is not { } client || client.Socket != worker.HttpSocket)
            {
                _client?.Client.Dispose();
                _client = client = (worker.HttpSocket, Create(worker.HttpSocket));
            }

            return client.Client;
        }
    }

    private static HttpMessageInvoker Create(string? socket)
    {
        SocketsHttpHandler handler = new()
        {
            AllowAutoRedirect = false,
            AutomaticDecompression = DecompressionMethods.None,
            UseCookies = false,
            UseProxy = false,
            ActivityHeadersPropagator = null,
        };
        if (socket is not null)
        {
            handler.ConnectCallback = async (_, cancellationToken) =>
            {
                Socket connection = new(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
                try
                {
                    await connection.ConnectAsync(new UnixDomainSocketEndPoint(socket), cancellationToken);
                    return new NetworkStream(connection, ownsSocket: true);
                }
                catch
                {
                    connection.Dispose();
                    throw;
                }
            };
        }

        return new HttpMessageInvoker(handler, disposeHandler: true);
    }

    private sealed class Transformer(string invocationId, Uri? publicUrl, Task<InvocationResponse> answering) : HttpTransformer
    {
        public override async ValueTask TransformRequestAsync(
            HttpContext httpContext, HttpRequestMessage proxyRequest, string destinationPrefix, CancellationToken cancellationToken)
        {
            await base.TransformRequestAsync(httpContext, proxyRequest, destinationPrefix, cancellationToken);
            proxyRequest.Headers.Remove(InvocationIdHeader);
            proxyRequest.Headers.Add(InvocationIdHeader, invocationId);

            // By these the worker knows the address that its caller used.
            proxyRequest.Headers.Host = null;
            Set(proxyRequest, "X-Forwarded-Host", publicUrl?.Authority ?? httpContext.Request.Host.Value);
            Set(proxyRequest, "X-Forwarded-Proto", publicUrl?.Scheme ?? httpContext.Request.Scheme);
            Set(proxyRequest, "X-Forwarded-For", httpContext.Connection.RemoteIpAddress?.ToString());

            // What the worker's server does is part of what this one does for the caller.
            if (Activity.Current is { IdFormat: ActivityIdFormat.W3C } activity)
            {
                Set(proxyRequest, HeaderNames.TraceParent, activity.Id);
            }
        }

        public override async ValueTask<bool> TransformResponseAsync(
            HttpContext httpContext, HttpResponseMessage? proxyResponse, CancellationToken cancellationToken)
        {
            // A function that throws leaves the worker's server with an empty success.
            if (proxyResponse is { Content.Headers.ContentLength: 0 } && (await answering).Result.Status is not StatusResult.Types.Status.Success)
            {
                return false;
            }

            // What serves a function is nobody's business.
            proxyResponse?.Headers.Remove(HeaderNames.Server);
            return await base.TransformResponseAsync(httpContext, proxyResponse, cancellationToken);
        }

        private static void Set(HttpRequestMessage request, string name, string? value)
        {
            request.Headers.Remove(name);
            if (!string.IsNullOrEmpty(value))
            {
                request.Headers.TryAddWithoutValidation(name, value);
            }
        }
    }
}
