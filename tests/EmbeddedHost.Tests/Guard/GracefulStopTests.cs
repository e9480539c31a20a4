using EmbeddedHost.Hosting;
using EmbeddedHost.Tests.Engine;
using EmbeddedHost.Tests.Http;
using Microsoft.DurableTask;
using Microsoft.DurableTask.Client;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace EmbeddedHost.Tests.Guard;

/// <summary>A host that stops lets running work end or hands it back to the next start, and never stops in the middle of a step.</summary>
public sealed class GracefulStopTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();
    private readonly RecordedLog _log = new();
    private readonly TaskCompletionSource _running = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly ManualResetEventSlim _release = new();
    private int _runs;

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task An_activity_that_ends_within_the_time_is_committed_and_does_not_run_again()
    {
        using (var first = Build(TimeSpan.FromMinutes(1)))
        {
            await BeginAsync(first, "Calls");
            first.Services.GetRequiredService<IHostApplicationLifetime>().ApplicationStopping.Register(_release.Set);
            await first.StopAsync(Cancellation);
        }

        Assert.Equal("1", await EndAsync());
        Assert.Equal(1, _runs);
    }

    [Fact]
    public async Task An_activity_that_ignores_the_stop_is_handed_back_and_runs_once_more_at_the_next_start()
    {
        using (var first = Build(TimeSpan.FromMilliseconds(100)))
        {
            await BeginAsync(first, "Calls");
            await first.StopAsync(Cancellation);
        }

        _release.Set();

        Assert.Equal("2", await EndAsync());
        Assert.Equal(2, _runs);
        Assert.Contains(_log.Lines, line => line.Contains("Activities that did not stop in time were abandoned; they run again at the next start.", StringComparison.Ordinal));
        Assert.Contains(_log.Lines, line => line.Contains("Durable engine stopped.", StringComparison.Ordinal));
    }

    [Fact]
    public async Task An_orchestrator_that_does_not_give_control_back_does_not_keep_the_host_from_stopping()
    {
        using (var first = Build(TimeSpan.FromMilliseconds(100)))
        {
            await BeginAsync(first, "Blocks");
            await first.StopAsync(Cancellation);
        }

        _release.Set();

        Assert.Equal("2", await EndAsync());
        Assert.Contains(_log.Lines, line => line.Contains("Orchestrators that did not give control back in time were abandoned", StringComparison.Ordinal));
    }

    [Fact]
    public async Task An_activity_that_heeds_its_token_stops_at_once_and_runs_again_at_the_next_start()
    {
        TaskCompletionSource started = new();
        var runs = 0;
        await using EngineHarness harness = new() { Log = LoggerFactory.Create(logging => logging.AddProvider(_log)) };
        harness
            .Activity<int, int>("Heeds", async (_, stopping) =>
            {
                if (Interlocked.Increment(ref runs) == 1)
                {
                    started.SetResult();
                    await Task.Delay(Timeout.InfiniteTimeSpan, TimeProvider.System, stopping);
                }

                return runs;
            })
            .Orchestrator("Calls", context => context.CallActivityAsync<int>("Heeds", 1))
            .Start();
        var id = await harness.Client.ScheduleNewOrchestrationInstanceAsync("Calls", Cancellation);
        await started.Task.WaitAsync(Cancellation);

        await harness.RestartAsync();

        Assert.Equal(2, (await harness.EndOfAsync(id)).ReadOutputAs<int>());
        Assert.Contains(_log.Lines, line => line.Contains("Activity Heeds of ", StringComparison.Ordinal) && line.Contains("was stopped; it runs again at the next start.", StringComparison.Ordinal));
    }

    [Fact]
    public async Task HTTP_is_closed_before_the_work_that_runs_has_to_end()
    {
        await using var host = await WebHost.StartAsync(configure: builder => builder.Services.AddSingleton(Tasks()));
        await host.Client.ScheduleNewOrchestrationInstanceAsync("Calls", new StartOrchestrationOptions("run-1"), Cancellation);
        await _running.Task.WaitAsync(Cancellation);

        var stop = host.StopAsync();
        var closed = await UntilClosedAsync(host.Http);
        var stoppedBefore = stop.IsCompleted;
        _release.Set();
        await stop.WaitAsync(Cancellation);

        Assert.True(closed);
        Assert.False(stoppedBefore);
        Assert.Contains(host.Log.Lines, line => line.Contains("Durable engine stopped.", StringComparison.Ordinal));
    }

    public void Dispose()
    {
        _release.Set();
        _log.Dispose();
        _folder.Dispose();
    }

    private static async Task<bool> UntilClosedAsync(HttpClient http)
    {
        using PeriodicTimer poll = new(TimeSpan.FromMilliseconds(10));
        while (true)
        {
            try
            {
                using HttpRequestMessage request = new(HttpMethod.Get, "/runtime/webhooks/durabletask/instances/none");
                request.Headers.ConnectionClose = true;
                using var response = await http.SendAsync(request, Cancellation);
            }
            catch (HttpRequestException)
            {
                return true;
            }

            await poll.WaitForNextTickAsync(Cancellation);
        }
    }

    private DurableTaskRegistry Tasks()
    {
        DurableTaskRegistry tasks = new();
        tasks
            .AddActivityFunc<int, int>("Deaf", (_, _) =>
            {
                var run = Interlocked.Increment(ref _runs);
                _running.TrySetResult();
                _release.Wait(CancellationToken.None);
                return run;
            })
            .AddOrchestratorFunc<string?, int>("Calls", (context, _) => context.CallActivityAsync<int>("Deaf", 1))
            .AddOrchestratorFunc<string?, int>("Blocks", (_, _) =>
            {
                var run = Interlocked.Increment(ref _runs);
                _running.TrySetResult();
                _release.Wait(CancellationToken.None);
                return Task.FromResult(run);
            });
        return tasks;
    }

    private IHost Build(TimeSpan shutdown)
    {
        HostApplicationBuilder builder = new(new HostApplicationBuilderSettings { DisableDefaults = true });
        builder.Logging.AddProvider(_log);
        builder.Services.AddEmbeddedHost();
        builder.Services.AddSingleton(Tasks());
        builder.Services.Configure<HostOptions>(options => options.ShutdownTimeout = shutdown);
        builder.Services.Configure<EmbeddedHostOptions>(options =>
        {
            options.StateFolder = Path.Combine(_folder.Path, "state");
            options.DiscoverFunctions = false;
        });
        return builder.Build();
    }

    private async Task BeginAsync(IHost host, string orchestrator)
    {
        await host.StartAsync(Cancellation);
        await host.Services.GetRequiredService<DurableTaskClient>().ScheduleNewOrchestrationInstanceAsync(
            orchestrator, new StartOrchestrationOptions("run-1"), Cancellation);
        await _running.Task.WaitAsync(Cancellation);
    }

    private async Task<string?> EndAsync()
    {
        using var next = Build(TimeSpan.FromMinutes(1));
        await next.StartAsync(Cancellation);
        var end = await next.Services.GetRequiredService<DurableTaskClient>().WaitForInstanceCompletionAsync("run-1", getInputsAndOutputs: true, Cancellation);
        await next.StopAsync(Cancellation);
        return end.SerializedOutput;
    }
}
