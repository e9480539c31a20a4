using System.Diagnostics;
using DurableTask.Core;
using DurableTask.Core.Exceptions;
using DurableTask.Core.History;
using DurableTask.Core.Tracing;
using DurableTask.Sqlite;
using EmbeddedHost.Protocol;
using Microsoft.Extensions.Logging;
using P = Microsoft.DurableTask.Protobuf;

namespace EmbeddedHost.TaskHub;

/// <summary>New instances, and old ones once more.</summary>
internal sealed class InstanceStarts(SqliteOrchestrationService store, TaskHubOptions options, TimeProvider time, ILogger logger)
{
    /// <summary>
    /// The tag, whatever its value, of a start that is refused while another instance of its orchestrator has not ended, as one is whose id is taken.
    /// Checked in the transaction that adds the instance: of starts at once, one is let through.
    /// </summary>
    public const string SingletonTag = "singleton";

    public async Task<string> StartAsync(P.CreateInstanceRequest request)
    {
        string instanceId = string.IsNullOrEmpty(request.InstanceId) ? NewId() : request.InstanceId;
        Check(request, instanceId);

        ExecutionStartedEvent started = new(-1, request.Input)
        {
            Name = request.Name,
            Version = request.Version ?? options.DefaultVersion,
            ScheduledStartTime = request.ScheduledStartTimestamp?.ToDateTime(),
            Tags = request.Tags.ToCore(),
            ParentTraceContext = request.ParentTraceContext.ToCore() ?? Ambient(),
        };

        try
        {
            await CreateAsync(instanceId, started, ReusePolicy.ToDedupeStatuses(request.OrchestrationIdReusePolicy, options.ReplaceLiveInstances));
        }
        catch (OrchestrationAlreadyExistsException exception)
        {
            throw IsSingleton(started) ? TaskHubRefusal.Exists(exception) : TaskHubRefusal.Exists(instanceId);
        }

        logger.Started(request.Name, instanceId);
        return instanceId;
    }

    public async Task<string> RestartAsync(string sourceId, bool underNewId)
    {
        var source = await store.GetOrchestrationStateAsync(sourceId, null) ?? throw TaskHubRefusal.UnknownArgument(sourceId);
        string instanceId = underNewId ? NewId() : sourceId;

        ExecutionStartedEvent started = new(-1, source.Input)
        {
            Name = source.Name,

            // As on the Functions host, a restart is a start that names no version.
            Version = options.DefaultVersion,
            Tags = TagsOfRestart(source, underNewId),
            ParentTraceContext = Ambient(),
        };

        try
        {
            await CreateAsync(instanceId, started, ReusePolicy.ToDedupeStatuses(null, options.ReplaceLiveInstances));
        }
        catch (OrchestrationAlreadyExistsException exception)
        {
            throw IsSingleton(started) ? TaskHubRefusal.StillLive(exception) : TaskHubRefusal.StillLive(instanceId);
        }

        logger.Restarted(sourceId, instanceId);
        return instanceId;
    }

    private static void Check(P.CreateInstanceRequest request, string instanceId)
    {
        if (string.IsNullOrWhiteSpace(request.Name))
        {
            throw TaskHubRefusal.InvalidStart(instanceId, "it names no orchestrator.");
        }

        if (instanceId.StartsWith('@'))
        {
            throw TaskHubRefusal.InvalidStart(instanceId, "instance IDs starting with '@' are reserved for entities, and must not be used for orchestrations.");
        }

        if (request.Tags.ContainsKey(OrchestratorRequests.SourceInstanceTag))
        {
            throw TaskHubRefusal.InvalidStart(
                instanceId, $"The tag key '{OrchestratorRequests.SourceInstanceTag}' is reserved for internal use. (Parameter 'Tags')");
        }
    }

    private static Dictionary<string, string>? TagsOfRestart(OrchestrationState source, bool underNewId)
    {
        var tags = source.Tags is null ? [] : new Dictionary<string, string>(source.Tags, StringComparer.Ordinal);
        if (underNewId)
        {
            tags[OrchestratorRequests.SourceInstanceTag] = source.OrchestrationInstance.InstanceId;
        }
        else if (source.ParentInstance is not null)
        {
            // A child has the mark from its parent; restarted, it has no parent any more and was not the one that was restarted.
            tags.Remove(OrchestratorRequests.SourceInstanceTag);
        }

        if (source.ParentInstance is not null)
        {
            // The parent's too: its name is to be there once, not its children's.
            tags.Remove(SingletonTag);
        }

        return tags.Count == 0 ? null : tags;
    }

    private static DistributedTraceContext? Ambient() => Activity.Current is { IdFormat: ActivityIdFormat.W3C, Id: { } id } current
        ? new DistributedTraceContext(id, current.TraceStateString)
        : null;

    private static string NewId() => Guid.NewGuid().ToString("N");

    private Task CreateAsync(string instanceId, ExecutionStartedEvent started, OrchestrationStatus[] dedupe)
    {
        started.Timestamp = time.GetUtcNow().UtcDateTime;
        started.Generation = 0;
        started.OrchestrationInstance = new OrchestrationInstance { InstanceId = instanceId, ExecutionId = NewId() };
        TaskMessage message = new() { Event = started, OrchestrationInstance = started.OrchestrationInstance };
        return IsSingleton(started) ? store.CreateOnlyTaskOrchestrationAsync(message, dedupe) : store.CreateTaskOrchestrationAsync(message, dedupe);
    }

    private static bool IsSingleton(ExecutionStartedEvent started) => started.Tags?.ContainsKey(SingletonTag) is true;
}
