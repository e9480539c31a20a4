using EmbeddedHost.Worker;
using EmbeddedHost.Worker.Messages;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.Logging;

namespace EmbeddedHost.Http.Invocation;

/// <summary>
/// Has the worker answer a request: it serves HTTP itself, and the request is sent on to it beside the invocation; or it takes the request
/// and gives its answer within the invocation.
/// </summary>
internal sealed class HttpFunctions(
    WorkerGateway gateway, FunctionInvoker invoker, WorkerForwarder forwarder, Uri? publicUrl, ILogger logger, CancellationToken stopping)
{
    public void Map(IEndpointRouteBuilder routes, HttpFunctionRoute route) => routes
        .Map(route.Pattern, context => AnswerAsync(context, route))
        .WithMetadata(new RequiredKey(route.Level), new HttpMethodMetadata(route.Methods))
        .WithDisplayName(route.Function.Name);

    private async Task AnswerAsync(HttpContext context, HttpFunctionRoute route)
    {
        if (await WorkerAsync(context) is not { } worker)
        {
            context.Response.StatusCode = StatusCodes.Status503ServiceUnavailable;
            return;
        }

        var function = worker.App.Find(route.Function.Name) ?? route.Function;
        try
        {
            await (worker.HttpAddress is null ? AnswerWithinAsync(context, function, worker) : ForwardAsync(context, function, worker));
        }
        catch (WorkerLostException exception)
        {
            HttpLog.FunctionFailed(logger, function.Name, exception.Message);
            context.Response.Clear();
            context.Response.StatusCode = StatusCodes.Status502BadGateway;
        }
    }

    // A host that stops starts no new worker in the place of one that has gone.
    private async Task<ReadyWorker?> WorkerAsync(HttpContext context)
    {
        if (gateway.Current is { } worker)
        {
            return worker;
        }

        using var either = CancellationTokenSource.CreateLinkedTokenSource(context.RequestAborted, stopping);
        try
        {
            return await gateway.WaitAsync(either.Token);
        }
        catch (OperationCanceledException) when (!context.RequestAborted.IsCancellationRequested)
        {
            return null;
        }
    }

    private async Task ForwardAsync(HttpContext context, AppFunction function, ReadyWorker worker)
    {
        var request = Request(context, function, new RpcHttp());
        var answering = invoker.InvokeAsync(function, request, worker, Timeout.InfiniteTimeSpan, context.RequestAborted);
        await forwarder.ForwardAsync(context, worker, request.InvocationId, answering);
        var answer = await answering;
        if (answer.Result.Status is not StatusResult.Types.Status.Success)
        {
            Fail(context, function, answer);
        }
    }

    private async Task AnswerWithinAsync(HttpContext context, AppFunction function, ReadyWorker worker)
    {
        var request = Request(context, function, await RpcRequest.OfAsync(context, publicUrl));
        var answer = await invoker.InvokeAsync(function, request, worker, Timeout.InfiniteTimeSpan, context.RequestAborted);
        if (answer.Result.Status is StatusResult.Types.Status.Success)
        {
            await RpcAnswer.WriteAsync(context, function, answer);
        }
        else
        {
            Fail(context, function, answer);
        }
    }

    private InvocationRequest Request(HttpContext context, AppFunction function, RpcHttp trigger)
    {
        var request = invoker.Request(function, new TypedData { Http = trigger });
        foreach (var (name, value) in context.Request.RouteValues)
        {
            request.TriggerMetadata[name] = new TypedData { String = value?.ToString() ?? string.Empty };
        }

        return request;
    }

    private void Fail(HttpContext context, AppFunction function, InvocationResponse answer)
    {
        HttpLog.FunctionFailed(logger, function.Name, answer.Result.Exception?.FirstLine() ?? answer.Result.Status.ToString());
        if (context.Response.HasStarted)
        {
            // What has been sent must not look like a whole answer.
            context.Abort();
            return;
        }

        context.Response.Clear();
        context.Response.StatusCode = StatusCodes.Status500InternalServerError;
    }
}
