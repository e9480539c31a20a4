using EmbeddedHost.Tests.Hosting;

namespace EmbeddedHost.Tests.Guard;

/// <summary>A program whose functions do not stop, do not give control back, or have a long past.</summary>
public sealed class RunningWorkerTests : IDisposable
{
    private const string Api = "/runtime/webhooks/durabletask";

    private readonly SampleFolder _folder = new();

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_stop_tells_activities_and_hands_back_those_that_do_not_heed_it()
    {
        var errand = _folder.Errand("heeds");
        var deaf = _folder.Errand("deaf");
        using (var first = await _folder.StartAsync())
        {
            await first.BeginAsync("Holds", "h1", errand);
            await first.BeginAsync("Ignores", "i1", deaf);
            await Until.TrueAsync(() => errand.Runs == 1 && deaf.Runs == 1);

            Assert.Equal(0, await first.StopAsync());
            Assert.True(errand.IsTold && deaf.IsTold);
            Assert.Contains("The activity Hold of h1 was cut short and runs again", first.Text, StringComparison.Ordinal);
            Assert.Contains("The activity Ignore of i1 was cut short and runs again", first.Text, StringComparison.Ordinal);
        }

        errand.LetGo();
        deaf.LetGo();
        using var second = await _folder.StartAsync();

        Assert.Equal(2, (await second.EndOfAsync("h1")).GetProperty("output").GetInt32());
        Assert.Equal("2", (await second.EndOfAsync("i1")).GetProperty("output").GetString());
    }

    [Fact]
    public async Task A_history_of_more_than_4_MB_is_replayed_sent_and_shown()
    {
        using var program = await _folder.StartAsync(("EmbeddedHost__ExtendedSessions", "false"));

        await program.BeginAsync("Large", "l1", 5_000_000);

        Assert.Equal(5_000_002, (await program.EndOfAsync("l1")).GetProperty("output").GetInt32());
        Assert.InRange(
            (await program.Http.GetStringAsync($"{Api}/instances/l1?showHistory=true&showHistoryOutput=true", Cancellation)).Length, 5_000_000, 5_010_000);
    }

    [Fact]
    public async Task An_orchestrator_that_blocks_fails_its_instance_and_the_others_and_the_stop_go_on()
    {
        using var program = await _folder.StartAsync(("EmbeddedHost__OrchestratorTimeLimit", "00:00:01"));
        var errand = _folder.Errand();
        await program.BeginAsync("BlocksItsThread", "b1", errand);
        await Until.TrueAsync(() => errand.Runs == 1);

        var status = await program.EndOfAsync("b1");
        await program.BeginAsync("FanOut", "f1", 3);

        Assert.Equal("Failed", status.GetProperty("runtimeStatus").GetString());
        Assert.StartsWith(
            "System.TimeoutException: The orchestrator 'BlocksItsThread' did not give control back within 00:00:01.",
            status.GetProperty("output").GetString(),
            StringComparison.Ordinal);
        Assert.Equal(12, (await program.EndOfAsync("f1")).GetProperty("output").GetInt32());
        errand.LetGo();
        await program.StopAsync();
    }

    public void Dispose() => _folder.Dispose();
}
