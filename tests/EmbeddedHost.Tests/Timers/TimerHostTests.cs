using EmbeddedHost.Hosting;
using EmbeddedHost.Tests.Hosting;
using EmbeddedHost.Tests.Http;
using EmbeddedHost.Timers;
using Microsoft.DurableTask.Client;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Time.Testing;

namespace EmbeddedHost.Tests.Timers;

public sealed class TimerHostTests
{
    private readonly FakeTimeProvider _clock = new(new DateTimeOffset(2026, 11, 22, 5, 59, 30, TimeSpan.Zero));

    [Fact]
    public async Task A_timer_function_of_the_app_is_run_and_can_start_an_orchestration()
    {
        await using var host = await StartAsync();

        _clock.Advance(TimeSpan.FromSeconds(30));
        await EndOfAsync(host, "scheduled-20261122T060000Z");

        var schedule = host.Services.GetRequiredService<ITimerSchedules>().List().Single(function => function.Name == "Daily");
        Assert.Equal(
            ("0 0 6 * * *", new DateTimeOffset(2026, 11, 22, 6, 0, 0, TimeSpan.Zero), new DateTimeOffset(2026, 11, 23, 6, 0, 0, TimeSpan.Zero)),
            (schedule.Schedule, schedule.Last, schedule.Next));
    }

    [Fact]
    public async Task A_tick_that_this_host_missed_is_made_up_by_the_next()
    {
        using SampleFolder folder = new();
        await using (var first = await StartAsync(folder))
        {
            await first.StopAsync();
        }

        _clock.Advance(TimeSpan.FromHours(5));
        await using var second = await StartAsync(folder);

        await EndOfAsync(second, "scheduled-20261122T060000Z-late");
    }

    [Fact]
    public async Task A_host_whose_timers_are_off_leaves_the_schedules_alone()
    {
        await using var host = await StartAsync(timers: false);

        _clock.Advance(TimeSpan.FromDays(2));

        Assert.Empty(host.Services.GetRequiredService<ITimerSchedules>().List());
        Assert.False(Directory.Exists(Path.Combine(host.Folder.State, "timers")));
    }

    private static Task EndOfAsync(WebHost host, string id) =>
        Until.HoldsAsync(async () => (await host.Client.GetInstanceAsync(id, WebHost.Cancellation))?.RuntimeStatus is OrchestrationRuntimeStatus.Completed);

    private Task<WebHost> StartAsync(SampleFolder? folder = null, bool timers = true) => WebHost.StartAsync(
        configure: builder =>
        {
            builder.Services.AddSingleton<TimeProvider>(_clock);
            builder.Services.Configure<EmbeddedHostOptions>(options => options.Timers = timers);
        },
        folder: folder);
}
