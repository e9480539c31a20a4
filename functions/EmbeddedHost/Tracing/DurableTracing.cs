using System.Diagnostics;
using System.Globalization;
using EmbeddedHost.Engine;
using EmbeddedHost.Engine.History;
using Microsoft.DurableTask;

namespace EmbeddedHost.Tracing;

/// <summary>
/// The spans of orchestrations, with the names and attributes of the Durable Task SDK. An orchestration outlives processes and its steps
/// are replayed, so its span is made when its end is committed, under an id that follows from the execution: its activities, timers and
/// sub-orchestrations name that id as their parent long before. An instance without a trace context, as nobody listened when it was
/// started, has no spans.
/// </summary>
internal static class DurableTracing
{
    /// <summary>The name that a listener asks for.</summary>
    public const string SourceName = "Microsoft.DurableTask";

    private static readonly ActivitySource s_source = new(SourceName);

    /// <summary>The span of a client's start of an orchestration, or null when nobody listens.</summary>
    public static Activity? Start(string name, string version, string instanceId)
    {
        var span = s_source.HasListeners() ? s_source.StartActivity($"create_orchestration:{Versioned(name, version)}", ActivityKind.Producer) : null;
        return span?.SetTag("durabletask.type", "orchestration").SetTag("durabletask.task.name", name).SetTag("durabletask.task.instance_id", instanceId).WithVersion(version);
    }

    /// <summary>The trace context for an instance that is started now.</summary>
    public static InstanceTrace? Current() => s_source.HasListeners() && Activity.Current is { IdFormat: ActivityIdFormat.W3C, Id: { } id } current
        ? new InstanceTrace(id, current.TraceStateString)
        : null;

    /// <summary>The trace context for a sub-orchestration of an instance.</summary>
    public static InstanceTrace? ForChildOf(OrchestrationInstance parent) => ContextOf(parent) is { } context
        ? new InstanceTrace($"00-{context.TraceId}-{context.SpanId}-{(byte)context.TraceFlags:x2}", context.TraceState)
        : null;

    /// <summary>Begins the span of an activity's run, under which what the activity does is traced.</summary>
    public static Activity? StartActivity(ActivityWork work)
    {
        var span = s_source.HasListeners() && ContextOf(work.Instance) is { } parent
            ? s_source.StartActivity($"activity:{Versioned(work.Name, work.Version)}", ActivityKind.Server, parent)
            : null;
        return span?.Describe("activity", work.Name, work.Instance).SetTag("durabletask.task.task_id", work.TaskId).WithVersion(work.Version);
    }

    /// <summary>Makes the spans of what a committed step brought to its end: its timers, and the orchestration itself.</summary>
    public static void Ended(OrchestrationInstance instance, DateTime startedAt, StepOutcome outcome, DateTime now)
    {
        if (!s_source.HasListeners() || instance.Trace is null)
        {
            return;
        }

        foreach (var timer in outcome.FiredTimers)
        {
            Timer(instance, timer, now);
        }

        if (outcome.Completion is not null || outcome.Continuation is not null)
        {
            Orchestration(instance, startedAt, outcome, now);
        }
    }

    /// <summary>Says that what a span stands for failed.</summary>
    public static void Fail(this Activity span, TaskFailureDetails failure) =>
        span.SetTag("error.type", failure.ErrorType).SetStatus(ActivityStatusCode.Error, failure.ErrorMessage);

    private static void Timer(OrchestrationInstance instance, TimerCreated timer, DateTime now)
    {
        if (ContextOf(instance) is not { } parent)
        {
            return;
        }

        using var span = s_source.StartActivity($"orchestration:{Versioned(instance.Name, instance.Version)}:timer", ActivityKind.Internal, parent, startTime: new DateTimeOffset(timer.At));
        span?.Describe("timer", instance.Name, instance)
            .SetTag("durabletask.task.task_id", timer.TaskId)
            .SetTag("durabletask.fire_at", timer.FireAt.ToString("O", CultureInfo.InvariantCulture))
            .SetEndTime(now);
    }

    private static void Orchestration(OrchestrationInstance instance, DateTime startedAt, StepOutcome outcome, DateTime now)
    {
        if (!ActivityContext.TryParse(instance.Trace!.Parent, instance.Trace.State, isRemote: true, out var parent))
        {
            return;
        }

        using var span = s_source.StartActivity($"orchestration:{Versioned(instance.Name, instance.Version)}", ActivityKind.Server, parent, startTime: new DateTimeOffset(startedAt));
        if (span is null)
        {
            return;
        }

        SpanIdentity.Give(span, SpanIdentity.Of(instance.ExecutionId));
        span.Describe("orchestration", instance.Name, instance)
            .SetTag("durabletask.task.execution_id", instance.ExecutionId)
            .SetTag("durabletask.task.status", outcome.Continuation is null ? outcome.Status.ToString() : "ContinuedAsNew")
            .WithVersion(instance.Version)
            .SetEndTime(now);
        if (outcome.Completion?.Failure is { } failure)
        {
            span.Fail(failure);
        }
    }

    // The context of an orchestration's own span.
    private static ActivityContext? ContextOf(OrchestrationInstance instance) =>
        instance.Trace is { } trace && ActivityContext.TryParse(trace.Parent, trace.State, isRemote: true, out var parent)
            ? new ActivityContext(parent.TraceId, SpanIdentity.Of(instance.ExecutionId), parent.TraceFlags, parent.TraceState, isRemote: true)
            : null;

    private static Activity Describe(this Activity span, string type, string name, OrchestrationInstance instance) =>
        span.SetTag("durabletask.type", type).SetTag("durabletask.task.name", name).SetTag("durabletask.task.instance_id", instance.InstanceId);

    private static Activity WithVersion(this Activity span, string version) => version.Length == 0 ? span : span.SetTag("durabletask.task.version", version);

    private static string Versioned(string name, string version) => version.Length == 0 ? name : $"{name}@({version})";
}
