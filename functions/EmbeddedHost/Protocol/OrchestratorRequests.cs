using DurableTask.Core;
using DurableTask.Core.History;
using Google.Protobuf.WellKnownTypes;
using P = Microsoft.DurableTask.Protobuf;

namespace EmbeddedHost.Protocol;

/// <summary>What an orchestration trigger is given: one episode, with as much history as the worker needs for it.</summary>
internal static class OrchestratorRequests
{
    /// <summary>Marks an instance that is the restart of another under a new id; the value is the other's id.</summary>
    public const string SourceInstanceTag = "MS_DurableFunctions_SourceInstanceId";

    /// <param name="instance">The instance and its execution.</param>
    /// <param name="pastEvents">The history; left out of the request where the session holds it.</param>
    /// <param name="newEvents">What came since.</param>
    /// <param name="options">The same for every episode of a host.</param>
    /// <param name="session">Whether the worker may keep the orchestrator in memory, and whether it still has it; null without sessions.</param>
    public static P.OrchestratorRequest Create(
        OrchestrationInstance instance,
        IEnumerable<HistoryEvent> pastEvents,
        IEnumerable<HistoryEvent> newEvents,
        OrchestratorRequestOptions options,
        WorkItemMetadata? session)
    {
        P.OrchestratorRequest request = new() { InstanceId = instance.InstanceId, ExecutionId = instance.ExecutionId };
        ExecutionStartedEvent? started = null;
        bool withHistory = session?.IncludeState ?? true;

        foreach (var past in pastEvents)
        {
            started ??= past as ExecutionStartedEvent;
            if (withHistory)
            {
                request.PastEvents.Add(past.ToProto());
            }
            else if (started is not null)
            {
                break;
            }
        }

        foreach (var news in newEvents)
        {
            started ??= news as ExecutionStartedEvent;
            request.NewEvents.Add(news.ToProto());
        }

        AddProperties(request, options, session, started);
        return request;
    }

    private static void AddProperties(
        P.OrchestratorRequest request, OrchestratorRequestOptions options, WorkItemMetadata? session, ExecutionStartedEvent? started)
    {
        request.Properties["HttpDefaultAsyncRequestSleepTimeMilliseconds"] = Value.ForNumber(options.HttpPollInterval.TotalMilliseconds);

        // Without all three the worker keeps no orchestrator; a worker that knows sessions reads IncludeState alone.
        if (session is not null)
        {
            request.Properties["IncludeState"] = Value.ForBool(session.IncludeState);
            request.Properties["IsExtendedSession"] = Value.ForBool(session.IsExtendedSession);
            request.Properties["ExtendedSessionIdleTimeoutInSeconds"] = Value.ForNumber(options.SessionIdleTimeout.TotalSeconds);
        }

        if (options.DefaultVersion is { } version)
        {
            request.Properties["defaultVersion"] = Value.ForString(version);
        }

        // Children inherit their parent's tags, and none of them is a restart.
        if (started is { ParentInstance: null, Tags: { } tags } && tags.TryGetValue(SourceInstanceTag, out string? source) && source.Length > 0)
        {
            request.Properties["sourceInstanceId"] = Value.ForString(source);
        }
    }
}

/// <summary>What a host says to every orchestrator.</summary>
internal sealed record OrchestratorRequestOptions
{
    /// <summary>How long durable HTTP waits between two polls where the answer does not say.</summary>
    public TimeSpan HttpPollInterval { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>How long the worker keeps an orchestrator that waits.</summary>
    public TimeSpan SessionIdleTimeout { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>The version of an instance that was started without one.</summary>
    public string? DefaultVersion { get; init; }
}
