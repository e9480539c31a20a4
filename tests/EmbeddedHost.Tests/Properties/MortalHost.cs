using DurableTask.Core.History;
using DurableTask.Sqlite;
using EmbeddedHost.Hosting;
using EmbeddedHost.Startup;
using Microsoft.Azure.Functions.Worker.Builder;
using Microsoft.DurableTask;
using Microsoft.DurableTask.Client;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace EmbeddedHost.Tests.Properties;

/// <summary>
/// A host and its worker that are cut off after every so many commits, before anything follows from the last one, and begun anew on the same
/// folder until an orchestration has ended.
/// </summary>
/// <param name="tasks">The worker's tasks.</param>
/// <param name="diesEvery">After how many commits it dies; null: never.</param>
internal sealed class MortalHost(Action<DurableTaskRegistry> tasks, int? diesEvery) : IAsyncDisposable
{
    private static readonly TimeSpan s_patience = TimeSpan.FromMinutes(1);

    private readonly TemporaryFolder _folder = new();
    private TaskCompletionSource _death = new();
    private IHost? _host;

    /// <summary>How often it was begun.</summary>
    public int Lives { get; private set; }

    private DurableTaskClient Client => _host!.Services.GetRequiredService<DurableTaskClient>();

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    /// <summary>Runs an orchestration until it has ended.</summary>
    public async Task RunAsync(string name, object input, string instanceId)
    {
        await BeginAsync();
        var started = Client.ScheduleNewOrchestrationInstanceAsync(name, input, new StartOrchestrationOptions(instanceId), Cancellation);
        await Task.WhenAny(started, _death.Task);
        while (true)
        {
            var end = Client.WaitForInstanceCompletionAsync(instanceId, Cancellation);
            if (await Task.WhenAny(end, _death.Task).WaitAsync(s_patience, Cancellation) == end)
            {
                await end;
                return;
            }

            await _host!.LoseAsync();
            await BeginAsync();
        }
    }

    /// <summary>What all instances came to and what their histories tell, but for times and the order of what went on side by side.</summary>
    public async Task<string> DescribeAsync()
    {
        List<string> lines = [];
        await foreach (var instance in Client.GetAllInstancesAsync(new OrchestrationQuery { FetchInputsAndOutputs = true }).WithCancellation(Cancellation))
        {
            lines.Add($"{instance.InstanceId}: {instance.RuntimeStatus} {instance.SerializedOutput}");
            var history = await Client.GetOrchestrationHistoryAsync(instance.InstanceId, Cancellation);
            lines.AddRange(
                history.Where(happened => happened is not (OrchestratorStartedEvent or OrchestratorCompletedEvent)).Select(Text).Order(StringComparer.Ordinal));
        }

        return string.Join('\n', lines);
    }

    public async ValueTask DisposeAsync()
    {
        await _host!.LoseAsync();
        _folder.Dispose();
    }

    private static string Text(HistoryEvent happened) => happened switch
    {
        TaskScheduledEvent scheduled => $"  {scheduled.Name}",
        TaskCompletedEvent completed => $"  gave {completed.Result}",
        TaskFailedEvent failed => $"  failed {failed.FailureDetails?.ErrorMessage}",
        SubOrchestrationInstanceCreatedEvent created => $"  {created.Name} {created.InstanceId}",
        SubOrchestrationInstanceCompletedEvent completed => $"  gave {completed.Result}",
        TimerCreatedEvent => "  timer",
        TimerFiredEvent => "  fired",
        ExecutionCompletedEvent completed => $"  {completed.OrchestrationStatus} {completed.Result}",
        _ => $"  {happened.EventType}",
    };

    private async Task BeginAsync()
    {
        Lives++;
        var death = _death = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var builder = FunctionsApplication.CreateBuilder([]);
        builder.AddEmbeddedHost();
        builder.Logging.ClearProviders();
        builder.AddRegisteredTasks(tasks);
        builder.Services.Configure<EmbeddedHostOptions>(options =>
        {
            options.StateFolder = _folder.Path;
            options.Timers = false;
            options.Http = null;
        });
        _host = builder.Build();
        var commits = 0;
        _host.Services.GetRequiredService<SqliteOrchestrationService>().DiesAfterCommit = _ =>
        {
            if (++commits != diesEvery)
            {
                return false;
            }

            death.SetResult();
            return true;
        };
        await _host.StartAsync(Cancellation);
    }
}
