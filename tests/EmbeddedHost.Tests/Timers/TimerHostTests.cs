using System.Threading.Channels;
using EmbeddedHost.Hosting;
using EmbeddedHost.Timers;
using Microsoft.Azure.Functions.Worker;
using Microsoft.Azure.Functions.Worker.Builder;
using Microsoft.DurableTask;
using Microsoft.DurableTask.Client;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Time.Testing;

namespace EmbeddedHost.Tests.Timers;

public sealed class TimerHostTests
{
    private readonly FakeTimeProvider _clock = new(new DateTimeOffset(2026, 11, 22, 5, 59, 30, TimeSpan.Zero));

    [Fact]
    public async Task A_timer_function_of_the_app_is_run_and_can_start_an_orchestration()
    {
        using TemporaryFolder folder = new();
        DailyTimer.Started started = new();
        using var host = Build(folder, started);
        await host.StartAsync(TestContext.Current.CancellationToken);

        _clock.Advance(TimeSpan.FromSeconds(30));
        var id = await started.Ids.Reader.ReadAsync(TestContext.Current.CancellationToken);
        var end = await host.Services.GetRequiredService<DurableTaskClient>().WaitForInstanceCompletionAsync(id, true, TestContext.Current.CancellationToken);
        var schedule = host.Services.GetRequiredService<ITimerSchedules>().List().Single(function => function.Name == nameof(DailyTimer.Daily));
        await host.StopAsync(TestContext.Current.CancellationToken);

        Assert.Equal("scheduled-20261122T060000Z", id);
        Assert.Equal(OrchestrationRuntimeStatus.Completed, end.RuntimeStatus);
        Assert.Equal(
            ("0 0 6 * * *", new DateTimeOffset(2026, 11, 22, 6, 0, 0, TimeSpan.Zero), new DateTimeOffset(2026, 11, 23, 6, 0, 0, TimeSpan.Zero)),
            (schedule.Schedule, schedule.Last, schedule.Next));
    }

    [Fact]
    public async Task A_tick_that_this_host_missed_is_made_up_by_the_next()
    {
        using TemporaryFolder folder = new();
        DailyTimer.Started started = new();
        using (var first = Build(folder, started))
        {
            await first.StartAsync(TestContext.Current.CancellationToken);
            await first.StopAsync(TestContext.Current.CancellationToken);
        }

        _clock.Advance(TimeSpan.FromHours(5));
        using var second = Build(folder, started);
        await second.StartAsync(TestContext.Current.CancellationToken);
        var id = await started.Ids.Reader.ReadAsync(TestContext.Current.CancellationToken);
        await second.StopAsync(TestContext.Current.CancellationToken);

        Assert.Equal("scheduled-20261122T060000Z-late", id);
    }

    [Fact]
    public async Task A_host_whose_timers_are_off_leaves_the_schedules_alone()
    {
        using TemporaryFolder folder = new();
        DailyTimer.Started started = new();
        using var host = Build(folder, started, timers: false);
        await host.StartAsync(TestContext.Current.CancellationToken);

        _clock.Advance(TimeSpan.FromDays(2));
        var schedules = host.Services.GetRequiredService<ITimerSchedules>().List();
        await host.StopAsync(TestContext.Current.CancellationToken);

        Assert.Empty(schedules);
        Assert.False(started.Ids.Reader.TryRead(out _));
    }

    private IHost Build(TemporaryFolder folder, DailyTimer.Started started, bool timers = true)
    {
        var builder = FunctionsApplication.CreateBuilder([]);
        builder.Logging.ClearProviders();
        builder.Services.AddSingleton<TimeProvider>(_clock);
        builder.Services.AddSingleton(started);
        builder.Services.Configure<EmbeddedHostOptions>(options =>
        {
            options.StateFolder = folder.Path;
            options.FunctionAssemblies.Add(typeof(DailyTimer).Assembly);
            options.Timers = timers;
        });
        return builder.Build();
    }
}

/// <summary>Functions for these tests to find. In other tests' hosts there is no <see cref="Started"/>, and nothing is started.</summary>
public sealed class DailyTimer(IServiceProvider services)
{
    [Function(nameof(Daily))]
    public async Task Daily([TimerTrigger("0 0 6 * * *")] TimerInfo timer, [DurableClient] DurableTaskClient client, CancellationToken cancellationToken)
    {
        if (services.GetService<Started>() is { } started)
        {
            var id = $"scheduled-{timer.ScheduleStatus!.Next:yyyyMMddTHHmmssZ}{(timer.IsPastDue ? "-late" : string.Empty)}";
            await client.ScheduleNewOrchestrationInstanceAsync(nameof(DailyRun), null, new StartOrchestrationOptions(id), cancellationToken);
            started.Ids.Writer.TryWrite(id);
        }
    }

    [Function(nameof(DailyRun))]
    public static Task DailyRun([OrchestrationTrigger] TaskOrchestrationContext context) => Task.FromResult(context.InstanceId);

    public sealed class Started
    {
        public Channel<string> Ids { get; } = Channel.CreateUnbounded<string>();
    }
}
