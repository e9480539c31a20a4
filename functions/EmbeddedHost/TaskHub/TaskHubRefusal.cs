using DurableTask.Core;
using DurableTask.Core.Exceptions;
using Grpc.Core;

namespace EmbeddedHost.TaskHub;

/// <summary>
/// The answers to calls that cannot be carried out. Code and text are those of the Functions host where it has any: clients
/// turn the code into an exception type, and apps show the text.
/// </summary>
internal static class TaskHubRefusal
{
    public static RpcException Exists(string instanceId) =>
        Of(StatusCode.AlreadyExists, $"An Orchestration instance with the ID {instanceId} already exists.");

    public static RpcException Exists(OrchestrationAlreadyExistsException reason) => Of(StatusCode.AlreadyExists, reason.Message);

    public static RpcException InvalidStart(string instanceId, string reason) =>
        Of(StatusCode.InvalidArgument, $"Invalid argument for start instance request for instance ID {instanceId}: {reason}");

    public static RpcException Invalid(string reason) => Of(StatusCode.InvalidArgument, reason);

    public static RpcException Unknown(string instanceId) => Of(StatusCode.NotFound, UnknownText(instanceId));

    public static RpcException UnknownArgument(string instanceId) => Of(StatusCode.NotFound, "ArgumentException: " + UnknownText(instanceId));

    public static RpcException NoHistory(string instanceId) =>
        Of(StatusCode.NotFound, $"Orchestration instance with ID {instanceId} was not found.");

    public static RpcException OtherHub(string asked, string served) =>
        Of(
            StatusCode.NotFound,
            $"The task hub '{asked}' is not served by this host, which serves '{served}'. Name that hub in the durable client's binding, or none.");

    public static RpcException NotRunning() =>
        Of(StatusCode.FailedPrecondition, "The orchestration instance with the provided instance id is not running.");

    public static RpcException WrongState(string verb, string instanceId, OrchestrationStatus status) =>
        Of(
            StatusCode.FailedPrecondition,
            $"InvalidOperationException: Cannot {verb} the orchestration instance {instanceId} because instance is in the {status} state.");

    public static RpcException NotFailed() =>
        Of(StatusCode.FailedPrecondition, "The rewind operation is only supported on failed orchestration instances.");

    public static RpcException NotEnded(string instanceId, OrchestrationStatus status) =>
        Of(
            StatusCode.FailedPrecondition,
            $"Only orchestrations in a terminal state can be purged, but the orchestration with instance ID {instanceId} has status {status}");

    public static RpcException StillLive(string instanceId) =>
        Of(
            StatusCode.FailedPrecondition,
            $"Non-terminal instance with this instance ID already exists: An Orchestration instance with the ID {instanceId} already exists.");

    public static RpcException StillLive(OrchestrationAlreadyExistsException reason) => Of(StatusCode.FailedPrecondition, reason.Message);

    public static RpcException HubInUse(string call, string hubName) =>
        Of(StatusCode.FailedPrecondition, $"{call}: the task hub '{hubName}' is in use by this host. Stop the host and delete its state folder instead.");

    public static RpcException NoEntities(string call) =>
        Of(StatusCode.Unimplemented, $"{call}: this host offers no durable entities.");

    public static RpcException NotOffered(string call) =>
        Of(StatusCode.Unimplemented, $"{call}: this host hands work to its function app over the worker protocol and offers no work items here.");

    public static RpcException Stopping() => Of(StatusCode.Cancelled, "The host is stopping.");

    public static RpcException Broken(string call, Exception cause) => new(new Status(StatusCode.Unknown, cause.Message, cause), $"{call}: {cause.Message}");

    private static string UnknownText(string instanceId) => $"No instance with ID '{instanceId}' was found. (Parameter 'instanceId')";

    private static RpcException Of(StatusCode code, string text) => new(new Status(code, text));
}
