using System.Globalization;
using System.Text.Json;
using DurableTask.Sqlite.Tests;
using FsCheck;
using FsCheck.Xunit;
using Microsoft.DurableTask;

namespace EmbeddedHost.Tests.Properties;

public sealed class RestartProperties
{
    private static readonly TaskOptions s_twice = TaskOptions.FromRetryPolicy(new RetryPolicy(2, TimeSpan.FromMilliseconds(1)));

    [Property(Arbitrary = [typeof(Tree)], MaxTest = 30)]
    public async Task An_orchestration_whose_host_is_lost_after_every_nth_commit_has_the_results_and_histories_of_one_left_alone(Tree tree, PositiveInt seed)
    {
        await using MortalHost undisturbed = new(AddTasks, diesEvery: null);
        await using MortalHost mortal = new(AddTasks, diesEvery: 3 + (seed.Get % 3));
        var root = JsonSerializer.Serialize(
            new Tree(TreeKind.Sequence, [tree, new Tree(TreeKind.Activity, []), new Tree(TreeKind.Timer, []), new Tree(TreeKind.Activity, [])]));

        await undisturbed.RunAsync(nameof(Tree), root, "t");
        await mortal.RunAsync(nameof(Tree), root, "t");

        Assert.Equal(await undisturbed.DescribeAsync(), await mortal.DescribeAsync());
        Assert.Equal(1, undisturbed.Lives);
        Assert.True(mortal.Lives > 1, "it lived on");
    }

    private static void AddTasks(DurableTaskRegistry tasks) => tasks
        .AddActivityFunc<string, string>("Work", (_, path) => path)
        .AddActivityFunc<string, string>("Fail", string (_, path) => throw new InvalidOperationException(path))
        .AddOrchestratorFunc<string, string>(nameof(Tree), (context, json) => DoAsync(context, JsonSerializer.Deserialize<Tree>(json!)!, context.InstanceId));

    private static async Task<string> DoAsync(TaskOrchestrationContext context, Tree tree, string path)
    {
        switch (tree.Kind)
        {
            case TreeKind.Activity:
                return await context.CallActivityAsync<string>("Work", path);
            case TreeKind.Failure:
                try
                {
                    return await context.CallActivityAsync<string>("Fail", path, s_twice);
                }
                catch (TaskFailedException failure)
                {
                    return "failed " + failure.FailureDetails.ErrorMessage;
                }

            case TreeKind.Timer:
                await context.CreateTimer(TimeSpan.FromMilliseconds(1), CancellationToken.None);
                return "woken";
            case TreeKind.Child:
                var body = JsonSerializer.Serialize(tree with { Kind = TreeKind.Sequence });
                return await context.CallSubOrchestratorAsync<string>(nameof(Tree), body, new SubOrchestrationOptions(instanceId: path));
            case TreeKind.Parallel:
                return "(" + string.Join('|', await Task.WhenAll(tree.Parts.Select((part, i) => DoAsync(context, part, Part(path, i))))) + ")";
            default:
                List<string> results = [];
                for (var i = 0; i < tree.Parts.Count; i++)
                {
                    results.Add(await DoAsync(context, tree.Parts[i], Part(path, i)));
                }

                return "(" + string.Join(',', results) + ")";
        }
    }

    private static string Part(string path, int number) => string.Create(CultureInfo.InvariantCulture, $"{path}.{number}");
}
