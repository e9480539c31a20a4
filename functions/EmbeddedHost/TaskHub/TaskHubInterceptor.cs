using Grpc.Core;
using Grpc.Core.Interceptors;
using Microsoft.Extensions.Logging;

namespace EmbeddedHost.TaskHub;

/// <summary>What holds for every call: it is meant for this hub, and what went wrong is told to the caller and to the log.</summary>
internal sealed class TaskHubInterceptor(TaskHubOptions options, ILogger<TaskHubService> logger) : Interceptor
{
    private const string InvocationHeader = "x-azure-functions-invocationid";

    public override async Task<TResponse> UnaryServerHandler<TRequest, TResponse>(
        TRequest request, ServerCallContext context, UnaryServerMethod<TRequest, TResponse> continuation)
    {
        try
        {
            RequireThisHub(context);
            return await continuation(request, context);
        }
        catch (Exception e) when (!GaveUp(e, context))
        {
            throw Told(e, context);
        }
    }

    public override async Task ServerStreamingServerHandler<TRequest, TResponse>(
        TRequest request,
        IServerStreamWriter<TResponse> responseStream,
        ServerCallContext context,
        ServerStreamingServerMethod<TRequest, TResponse> continuation)
    {
        try
        {
            RequireThisHub(context);
            await continuation(request, responseStream, context);
        }
        catch (Exception e) when (!GaveUp(e, context))
        {
            throw Told(e, context);
        }
    }

    private static bool GaveUp(Exception exception, ServerCallContext context) =>
        exception is OperationCanceledException && context.CancellationToken.IsCancellationRequested;

    private void RequireThisHub(ServerCallContext context)
    {
        string? asked = context.RequestHeaders.GetValue(LoopbackTaskHubClient.HubHeader);
        if (!string.IsNullOrEmpty(asked) && !string.Equals(asked, options.HubName, StringComparison.OrdinalIgnoreCase))
        {
            throw TaskHubRefusal.OtherHub(asked, options.HubName);
        }
    }

    private RpcException Told(Exception exception, ServerCallContext context)
    {
        string call = context.Method[(context.Method.LastIndexOf('/') + 1)..];
        if (exception is RpcException refusal)
        {
            logger.Refused(call, refusal.StatusCode, refusal.Status.Detail);
            return refusal;
        }

        logger.Failed(exception, call, context.RequestHeaders.GetValue(InvocationHeader));
        return TaskHubRefusal.Broken(call, exception);
    }
}
