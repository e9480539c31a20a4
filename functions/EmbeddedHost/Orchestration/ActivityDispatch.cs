using System.Text.Json;
using DurableTask.Core;
using DurableTask.Core.Exceptions;
using DurableTask.Core.History;
using DurableTask.Core.Middleware;
using EmbeddedHost.Hosting;
using EmbeddedHost.Worker;
using EmbeddedHost.Worker.Messages;
using Microsoft.Extensions.Logging;

namespace EmbeddedHost.Orchestration;

/// <summary>Has the worker run an activity. One that the host cuts short runs again; one that fails by itself has failed.</summary>
internal sealed class ActivityDispatch(WorkerGateway gateway, FunctionInvoker invoker, HostJson hostJson, HostStop stop, ILogger<ActivityDispatch> logger)
{
    private const string BuiltInPrefix = "BuiltIn::";

    public async Task InvokeAsync(DispatchMiddlewareContext context, Func<Task> next)
    {
        var scheduled = context.GetProperty<TaskScheduledEvent>();
        var instance = context.GetProperty<OrchestrationInstance>();
        context.SetProperty(new ActivityExecutionResult { ResponseEvent = await RunAsync(scheduled, instance.InstanceId) });
    }

    private async Task<HistoryEvent> RunAsync(TaskScheduledEvent scheduled, string instanceId)
    {
        var name = scheduled.Name!;
        if (name.StartsWith(BuiltInPrefix, StringComparison.OrdinalIgnoreCase))
        {
            return Failed(
                scheduled, UnknownFunction.ErrorType, $"This host does not have {name}: durable HTTP calls are not offered. Call it from an activity.");
        }

        try
        {
            var worker = await gateway.WaitAsync(stop.Token);
            if (worker.App.FindActivity(name) is not { } function)
            {
                return Failed(scheduled, UnknownFunction.ErrorType, UnknownFunction.Message("activity", name, worker.App.ActivityNames));
            }

            TypedData input = new() { String = ActivityValues.Input(scheduled.Input) };
            var request = invoker.Request(function, input);
            request.TriggerMetadata["instanceId"] = new TypedData { String = instanceId };
            request.TriggerMetadata["data"] = input;
            var answer = await invoker.InvokeAsync(function, request, worker, hostJson.FunctionTimeout, stop.Token);
            if (answer.Result.Status is StatusResult.Types.Status.Success)
            {
                return new TaskCompletedEvent(-1, scheduled.EventId, ActivityValues.Output(answer.ReturnValue));
            }

            stop.Token.ThrowIfCancellationRequested();
            return new TaskFailedEvent(
                -1, scheduled.EventId, $"Function '{name}' failed with an unhandled exception.", details: null, ActivityFailure.Read(answer.Result.Exception));
        }
        catch (Exception exception) when (exception is WorkerLostException or OperationCanceledException)
        {
            DispatchLog.ActivityAborted(logger, name, instanceId, exception.Message);
            throw new SessionAbortedException(exception.Message, exception);
        }
        catch (TimeoutException exception)
        {
            return Failed(scheduled, typeof(TimeoutException).FullName!, exception.Message);
        }
        catch (JsonException exception)
        {
            return Failed(scheduled, typeof(JsonException).FullName!, $"The input of '{name}' is no JSON: {exception.Message}");
        }
    }

    private static TaskFailedEvent Failed(TaskScheduledEvent scheduled, string type, string message) =>
        new(-1, scheduled.EventId, message, details: null, new FailureDetails(type, message, stackTrace: null, innerFailure: null, isNonRetriable: false));
}
