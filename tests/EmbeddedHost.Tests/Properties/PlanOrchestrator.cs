using System.Buffers.Binary;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Microsoft.DurableTask;

namespace EmbeddedHost.Tests.Properties;

/// <summary>Runs plans. What it returns holds all that the code has seen.</summary>
internal static class PlanOrchestrator
{
    public const string Name = "Plan";
    public const string Activity = "Act";
    public const string RootId = "root";

    // Above all waits: a policy's own limit of a day would make retries due together.
    private static readonly TimeSpan s_longestWait = TimeSpan.FromDays(30);

    public static async Task<string> RunAsync(TaskOrchestrationContext context)
    {
        var plan = Plan.Parse(context.GetInput<string>()!);
        var origin = $"{context.InstanceId}@{context.CurrentUtcDateTime.Ticks}.{plan.Rounds}";

        // Its first request, so that the order in which concurrent children begin shows nowhere.
        await context.CallActivityAsync<string>(Activity, new Work(origin, 0));
        var seen = plan.Before + await EvaluateAsync(context, plan.Body, origin);
        if (plan.Rounds > 0)
        {
            context.ContinueAsNew((plan with { Rounds = plan.Rounds - 1, Before = seen + "|" }).ToJson(), plan.KeepsEvents);
        }

        return seen;
    }

    private static async Task<string> EvaluateAsync(TaskOrchestrationContext context, Node node, string path)
    {
        switch (node)
        {
            case Call call:
                return await context.CallActivityAsync<string>(Activity, new Work(path, call.Failures), Retried(call.Attempts, path));
            case Pause:
                await context.CreateTimer(Wait(path), CancellationToken.None);
                return Time(context);
            case Await { Limited: false } wait:
                return await context.WaitForExternalEvent<string>(wait.Name);
            case Await wait:
                try
                {
                    return await context.WaitForExternalEvent<string>(wait.Name, Wait(path));
                }
                catch (TaskCanceledException)
                {
                    return "late" + Time(context);
                }

            case Child child:
                var options = Retried(child.Attempts, path) ?? new TaskOptions();
                return await context.CallSubOrchestratorAsync<string>(
                    Name, new Plan(child.Body, 0, KeepsEvents: true).ToJson(), options.WithInstanceId(ChildId(context, path)));
            case InTurn turns:
                var results = string.Empty;
                for (var i = 0; i < turns.Nodes.Count; i++)
                {
                    results += await EvaluateAsync(context, turns.Nodes[i], $"{path}/{i}") + ",";
                }

                return results;
            case AllOf all:
                return $"[{string.Join(',', await Task.WhenAll(Begin(context, all.Nodes, path)))}]";
            case FirstOf first:
                return await await Task.WhenAny(Begin(context, first.Nodes, path));
            case Catch attempt:
                try
                {
                    return await EvaluateAsync(context, attempt.Body, path + "/c");
                }
                catch (Exception failure) when (failure is TaskFailedException or InvalidOperationException)
                {
                    return $"({failure.Message})";
                }

            case Fail:
                throw new InvalidOperationException($"{path} fails.");
            case Show:
                context.SetCustomStatus(path);
                return "s";
            case Identify:
                return $"{context.NewGuid()} {context.NewGuid()} {Time(context)}";
            case Send send:
                // A child that sent to itself and to the root in one step would make them race: either may take its next step first.
                context.SendEvent(send.ToRoot || context.Parent is not null ? RootId : context.InstanceId, send.Name, $"from {path}");
                return "!";
            default:
                throw new NotSupportedException(node.GetType().Name);
        }
    }

    private static List<Task<string>> Begin(TaskOrchestrationContext context, IReadOnlyList<Node> nodes, string path) =>
        [.. nodes.Select((node, i) => EvaluateAsync(context, node, $"{path}/{i}"))];

    private static TaskOptions? Retried(int attempts, string path) =>
        attempts > 1 ? TaskOptions.FromRetryPolicy(new RetryPolicy(attempts, Wait(path + "/retry"), maxRetryInterval: s_longestWait)) : null;

    private static string ChildId(TaskOrchestrationContext context, string path) => $"{context.InstanceId}:{path[path.LastIndexOf('.')..]}";

    // Up to 24 days, by the millisecond and scattered: no two timers of a case are due together, so that the order in which they fire is fixed.
    private static TimeSpan Wait(string path) =>
        TimeSpan.FromMilliseconds(1000 + (BinaryPrimitives.ReadUInt32LittleEndian(SHA256.HashData(Encoding.UTF8.GetBytes(path))) >> 1));

    private static string Time(TaskOrchestrationContext context) => context.CurrentUtcDateTime.Ticks.ToString(CultureInfo.InvariantCulture);
}

/// <summary>What an activity is asked to do.</summary>
internal sealed record Work(string Path, int Failures);
