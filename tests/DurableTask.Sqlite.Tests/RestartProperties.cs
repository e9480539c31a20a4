using System.Collections.Concurrent;
using DurableTask.Core.Exceptions;
using FsCheck;
using FsCheck.Xunit;
using Newtonsoft.Json;

namespace DurableTask.Sqlite.Tests;

public sealed class RestartProperties
{
    [Property(Arbitrary = [typeof(Tree)], MaxTest = 20)]
    public async Task An_orchestration_whose_process_dies_after_every_nth_commit_ends_as_one_left_alone(Tree tree, PositiveInt seed)
    {
        var undisturbed = await RunAsync(tree, diesEvery: null);
        var disturbed = await RunAsync(tree, diesEvery: 1 + (seed.Get % 3));

        Assert.Equal(undisturbed.Ends, disturbed.Ends);
        Assert.Equal(undisturbed.Executed, disturbed.Executed);
    }

    // All ends, in order of id, and all activities that ran at least once.
    private static async Task<(List<string> Ends, List<string> Executed)> RunAsync(Tree tree, int? diesEvery)
    {
        ConcurrentDictionary<string, int> executed = new(StringComparer.Ordinal);
        await using var hub = new Hub
        {
            Options = options => new SqliteOrchestrationServiceOptions(options.Path) { MaxDeliveryCount = int.MaxValue, AbandonDelay = TimeSpan.Zero },
            DiesEvery = diesEvery,
        };
        await hub
            .Activity("Work", input =>
            {
                executed.AddOrUpdate((string)input!, 1, (_, count) => count + 1);
                return (string?)input;
            })
            .Activity("Fail", object? (input) =>
            {
                executed.AddOrUpdate((string)input!, 1, (_, count) => count + 1);
                throw new InvalidOperationException((string?)input);
            })
            .Orchestration("Tree", async (context, input) =>
                await DoAsync(context, JsonConvert.DeserializeObject<Tree>(input)!, context.Core.OrchestrationInstance.InstanceId))
            .StartAsync();
        await hub.CreateOrDieAsync("Tree", tree with { Kind = TreeKind.Sequence, Parts = tree.Parts.Count == 0 ? [tree] : tree.Parts }, "t");
        while (await hub.DiesBeforeEndOfAsync("t"))
        {
            await (await hub.KillAsync()).StartAsync();
        }

        var ends = await hub.Service.FindInstancesAsync(new InstanceFilter { Order = InstanceOrder.InstanceId, Take = 1000 }, CancellationToken.None);
        return (
            [.. ends.Instances.Select(end => $"{end.OrchestrationInstance.InstanceId}: {end.OrchestrationStatus} {end.Output}")],
            [.. executed.Keys.Order(StringComparer.Ordinal)]);
    }

    private static async Task<string> DoAsync(InlineContext context, Tree tree, string path)
    {
        switch (tree.Kind)
        {
            case TreeKind.Activity:
                return await context.CallAsync<string>("Work", path);
            case TreeKind.Failure:
                try
                {
                    return await context.CallAsync<string>("Fail", path);
                }
                catch (TaskFailedException exception)
                {
                    return "failed " + exception.FailureDetails!.ErrorMessage;
                }

            case TreeKind.Timer:
                await context.Core.CreateTimer(DateTime.MinValue, true);
                return "woken";
            case TreeKind.Child:
                return await context.Core.CreateSubOrchestrationInstance<string>("Tree", "", path, tree with { Kind = TreeKind.Sequence });
            case TreeKind.Parallel:
                return "(" + string.Join('|', await Task.WhenAll(tree.Parts.Select((part, i) => DoAsync(context, part, $"{path}.{i}")))) + ")";
            default:
                List<string> results = [];
                for (var i = 0; i < tree.Parts.Count; i++)
                {
                    results.Add(await DoAsync(context, tree.Parts[i], $"{path}.{i}"));
                }

                return "(" + string.Join(',', results) + ")";
        }
    }
}
