using System.Globalization;
using DurableTask.Core;
using DurableTask.Core.Command;
using DurableTask.Core.Exceptions;
using DurableTask.Core.Middleware;
using EmbeddedHost.Hosting;
using EmbeddedHost.Protocol;
using EmbeddedHost.Worker;
using EmbeddedHost.Worker.Messages;
using Microsoft.DurableTask.Protobuf;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using HistoryEvents = DurableTask.Core.History;

namespace EmbeddedHost.Orchestration;

/// <summary>
/// Has the worker take the next step of an orchestration: it is given the history, or in an extended session only what is new, and answers
/// with what the orchestrator asks for.
/// </summary>
internal sealed class OrchestrationDispatch(
    WorkerGateway gateway,
    FunctionInvoker invoker,
    SessionSupport sessions,
    HostJson hostJson,
    IOptions<EmbeddedHostOptions> options,
    HostStop stop,
    TimeProvider time,
    ILogger<OrchestrationDispatch> logger)
{
    // 16 KB of UTF-16, as on Azure.
    private const int LongestStatus = 8 * 1024;

    private readonly TimeSpan _limit = options.Value.OrchestratorTimeLimit;
    private readonly OrchestratorRequestOptions _request = new()
    {
        SessionIdleTimeout = hostJson.DurableTask.ExtendedSessionIdleTimeout,
        DefaultVersion = hostJson.DurableTask.DefaultVersion is { Length: > 0 } version ? version : null,
    };

    public async Task InvokeAsync(DispatchMiddlewareContext context, Func<Task> next)
    {
        var state = context.GetProperty<OrchestrationRuntimeState>();
        var metadata = context.GetProperty<WorkItemMetadata>();
        SetClock(state);
        context.SetProperty(await RunAsync(state, metadata));
    }

    private async Task<OrchestratorExecutionResult> RunAsync(OrchestrationRuntimeState state, WorkItemMetadata metadata)
    {
        try
        {
            var worker = await gateway.WaitAsync(stop.Token);
            if (worker.App.FindOrchestrator(state.Name) is not { } function)
            {
                return Failed(UnknownFunction.ErrorType, UnknownFunction.Message("orchestrator", state.Name, worker.App.OrchestratorNames));
            }

            // A worker that does not know sessions gets the whole history each time.
            var request = OrchestratorRequests.Create(
                state.OrchestrationInstance!, state.PastEvents, state.NewEvents, _request, sessions.IsThere ? metadata : null);
            var answer = await invoker.InvokeAsync(
                function, invoker.Request(function, new TypedData { String = request.ToBase64() }), worker, _limit, stop.Token);
            return Read(function.Name, state.OrchestrationInstance!.InstanceId, answer);
        }
        catch (Exception exception) when (exception is WorkerLostException or OperationCanceledException)
        {
            DispatchLog.OrchestrationAborted(logger, state.Name, state.OrchestrationInstance!.InstanceId, exception.Message);
            throw new SessionAbortedException(exception.Message, exception);
        }
        catch (TimeoutException)
        {
            DispatchLog.OrchestratorTooSlow(logger, state.Name, state.OrchestrationInstance!.InstanceId, _limit);
            return Failed(
                typeof(TimeoutException).FullName!,
                $"The orchestrator '{state.Name}' did not give control back within {_limit}. "
                + "An orchestrator only awaits what its context gives; work and waiting belong into activities and durable timers.");
        }
    }

    private OrchestratorExecutionResult Read(string function, string instanceId, InvocationResponse answer)
    {
        if (answer.Result.Status is not StatusResult.Types.Status.Success)
        {
            stop.Token.ThrowIfCancellationRequested();
            var failure = ActivityFailure.Read(answer.Result.Exception);
            return Failed(failure.ErrorType, $"Function '{function}' failed with an unhandled exception.", failure.ErrorMessage);
        }

        try
        {
            var response = Base64Message.FromBase64<OrchestratorResponse>(answer.ReturnValue?.String ?? string.Empty);
            if (response.RequiresHistory)
            {
                throw new SessionAbortedException("The worker no longer holds the orchestration: it is given its history.");
            }

            if (response.InstanceId != instanceId)
            {
                return Failed(
                    typeof(FormatException).FullName!, $"Function '{function}' failed: the worker's answer is for the instance '{response.InstanceId}'.");
            }

            return response.CustomStatus?.Length > LongestStatus
                ? Failed(
                    typeof(ArgumentException).FullName!,
                    string.Create(
                        CultureInfo.InvariantCulture,
                        $"CustomStatus is too large: limit = 16 KB (UTF-16), actual = {response.CustomStatus.Length * sizeof(char) / 1024.0:0.##} KB."))
                : new OrchestratorExecutionResult { Actions = [.. response.Actions.Select(action => action.ToCore())], CustomStatus = response.CustomStatus };
        }
        catch (Exception exception) when (exception is FormatException or NotSupportedException)
        {
            return Failed(exception.GetType().FullName!, $"Function '{function}' failed: {exception.Message}");
        }
    }

    // What ends an orchestration from without looks to parents and clients like a failure of its own: a type and a message, which the
    // framework makes the output.
    private static OrchestratorExecutionResult Failed(string type, string message, string? cause = null)
    {
        var result = OrchestratorExecutionResult.ForFailure(message, cause);
        result.Actions.OfType<OrchestrationCompleteOrchestratorAction>().Single().FailureDetails =
            new FailureDetails(type, cause is null ? message : $"{message} {cause}", stackTrace: null, innerFailure: null, isNonRetriable: false);
        return result;
    }

    // The framework stamps a step by the machine's clock; an orchestrator's time is this stamp, and this host's clock is what its timers go by.
    private void SetClock(OrchestrationRuntimeState state)
    {
        if (time != TimeProvider.System && state.NewEvents.OfType<HistoryEvents.OrchestratorStartedEvent>().LastOrDefault() is { } started)
        {
            started.Timestamp = time.GetUtcNow().UtcDateTime;
        }
    }
}
