using Microsoft.Azure.Functions.Worker;
using Microsoft.Azure.Functions.Worker.Middleware;
using Microsoft.Extensions.Logging;

namespace SpotifyEtl.Runs;

/// <summary>Puts what activities log into the scope of their run.</summary>
public sealed class RunScopeMiddleware(ILogger<RunScopeMiddleware> logger) : IFunctionsWorkerMiddleware
{
    // What the durable extension tells each activity.
    private const string InstanceId = "instanceId";

    public async Task Invoke(FunctionContext context, FunctionExecutionDelegate next)
    {
        var scope = context.BindingContext.BindingData.TryGetValue(InstanceId, out var instance) && instance is string { Length: > 0 } instanceId
            ? logger.BeginScope(RunScope.Of(instanceId))
            : null;
        using (scope)
        {
            await next(context);
        }
    }
}
