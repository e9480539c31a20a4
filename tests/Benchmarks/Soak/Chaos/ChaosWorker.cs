using System.Globalization;
using EmbeddedHost.Tests;
using Microsoft.Azure.Functions.Worker.Builder;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Benchmarks.Soak.Chaos;

/// <summary>The child process that a <see cref="WorkerRound"/> kills: a worker with the workload's tasks, which the host starts again.</summary>
internal static class ChaosWorker
{
    /// <summary>The verb that starts it, of no use to a person.</summary>
    public const string Verb = "chaos-worker";

    public static async Task<int> RunAsync(string folder)
    {
        ChaosFolder paths = new(folder);
        using EffectLog effects = new(paths.Effects, life: 1);
        var builder = FunctionsApplication.CreateBuilder([]);
        builder.Logging.ClearProviders();
        builder.AddRegisteredTasks(tasks =>
        {
            ChaosOrchestrators.AddTo(tasks);
            new ChaosActivities(effects).AddTo(tasks);
        });
        await File.WriteAllTextAsync(paths.WorkerId, Environment.ProcessId.ToString(CultureInfo.InvariantCulture));
        await builder.Build().RunAsync();
        return 0;
    }
}
