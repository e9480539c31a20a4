using DurableTask.Core;
using DurableTask.Core.Settings;

namespace DurableTask.Sqlite.Tests;

public sealed class VersionTests
{
    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task An_instance_that_a_worker_rejects_stays_pending_until_one_of_its_version_comes(bool extendedSessions)
    {
        RecordedLog log = new();
        await using var hub = new Hub
        {
            ExtendedSessions = extendedSessions,
            Log = log.Factory,
            Options = options => new SqliteOrchestrationServiceOptions(options.Path)
            {
                AbandonDelay = TimeSpan.Zero,
                MaxDeliveryCount = 2,
                ExtendedSessionsEnabled = extendedSessions,
            },
            Versioning = Strict("1.0"),
        };
        await hub.Orchestration("Run", (_, input) => Task.FromResult<object?>(input), version: "2.0").StartAsync();
        await hub.CreateAsync("Run", id: "x", version: "2.0");

        await Hub.UntilAsync(() => log.Lines.Count(line => line.StartsWith("An episode of x abandoned", StringComparison.Ordinal)) >= 5);
        var rejected = await hub.StateOfAsync("x");
        var history = await hub.HistoryOfAsync("x");
        hub.Versioning = Strict("2.0");
        await hub.StopWorkerAsync();
        await hub.StartAsync();
        var end = await hub.EndOfAsync("x");

        Assert.Equal(OrchestrationStatus.Pending, rejected.OrchestrationStatus);
        Assert.Empty(history);
        Assert.Equal((OrchestrationStatus.Completed, "2.0"), (end.OrchestrationStatus, end.Version));
    }

    [Fact]
    public async Task One_whose_version_fails_ends_as_failed()
    {
        await using var hub = new Hub { Versioning = Strict("1.0", VersioningSettings.VersionFailureStrategy.Fail) };
        await hub.Orchestration("Run", (_, input) => Task.FromResult<object?>(input), version: "2.0").StartAsync();
        await hub.CreateAsync("Run", id: "x", version: "2.0");

        Assert.Equal("VersionMismatch", (await hub.EndOfAsync("x")).FailureDetails.ErrorType);
    }

    [Fact]
    public async Task What_is_abandoned_waits_longer_each_time()
    {
        Microsoft.Extensions.Time.Testing.FakeTimeProvider clock = new(TimeProvider.System.GetUtcNow());
        RecordedLog log = new();
        await using var hub = new Hub
        {
            Log = log.Factory,
            Time = clock,
            Options = options => new SqliteOrchestrationServiceOptions(options.Path) { AbandonDelay = TimeSpan.FromSeconds(1) },
            Versioning = Strict("1.0"),
        };
        await hub.StartAsync();
        await hub.CreateAsync("Run", id: "x", version: "2.0");

        foreach (var (abandonments, wait) in ((int, int)[])[(1, 1), (2, 2), (3, 4), (4, 8), (5, 16), (6, 30), (7, 30)])
        {
            await Hub.UntilAsync(() => Abandonments() == abandonments && hub.Service.IsIdle);
            clock.Advance(TimeSpan.FromSeconds(wait) - TimeSpan.FromMilliseconds(1));
            Assert.True(hub.Service.IsIdle);
            clock.Advance(TimeSpan.FromMilliseconds(2));
        }

        int Abandonments() => log.Lines.Count(line => line.StartsWith("An episode of x abandoned", StringComparison.Ordinal));
    }

    private static VersioningSettings Strict(
        string version, VersioningSettings.VersionFailureStrategy failure = VersioningSettings.VersionFailureStrategy.Reject) =>
        new() { Version = version, MatchStrategy = VersioningSettings.VersionMatchStrategy.Strict, FailureStrategy = failure };
}
