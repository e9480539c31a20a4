using System.Net;
using EmbeddedHost.Tests.Hosting;

namespace EmbeddedHost.Tests.Guard;

/// <summary>Kills of the worker, the host or both in the middle of things: what was cut short is done again, and nothing is lost or counted twice.</summary>
public sealed class WorkerLossTests : IDisposable
{
    private const string Api = "/runtime/webhooks/durabletask";

    private readonly SampleFolder _folder = new();

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task An_activity_whose_worker_is_killed_runs_again_on_the_next_one()
    {
        using var program = await _folder.StartAsync();
        var errand = _folder.Errand();
        await program.BeginAsync("Journey", "j1", errand);
        await Until.TrueAsync(() => errand.Runs == 1);

        program.KillWorker();
        await Until.TrueAsync(() => errand.Runs == 2);
        errand.LetGo();

        Assert.Equal("part7", (await program.EndOfAsync("j1")).GetProperty("output").GetString());
        Assert.Equal(
            ["Part", "Hold", "Ends"],
            await program.CompletedAsync("j1"));
        Assert.Equal(2, program.WorkerIds.Count);
        Assert.Contains("exit code 137. It is started again in 00:00:01, and what it was doing is done again.", program.Text, StringComparison.Ordinal);
        Assert.Equal(0, await program.StopAsync());
    }

    [Fact]
    public async Task A_worker_that_is_killed_again_is_started_after_a_longer_pause()
    {
        using var program = await _folder.StartAsync();

        program.KillWorker();
        await Until.TrueAsync(() => program.WorkerIds.Count == 2);
        program.KillWorker();
        await program.UntilSaidAsync("It is started again in 00:00:02,");
        await Until.TrueAsync(() => program.WorkerIds.Count == 3);

        Assert.Equal("Hello GET", await program.Http.GetStringAsync("/api/Plain", Cancellation));
    }

    [Fact]
    public async Task A_request_whose_worker_is_killed_is_502_and_one_that_comes_meanwhile_waits_for_the_next()
    {
        using var program = await _folder.StartAsync();
        var errand = _folder.Errand();
        var cut = program.Http.GetAsync($"/api/Waits?folder={errand.Folder}&name={errand.Name}", Cancellation);
        await Until.TrueAsync(() => errand.Runs == 1);

        program.KillWorker();
        using var answer = await cut;
        await program.UntilSaidAsync("is started again");
        var next = await program.Http.GetStringAsync("/api/Plain", Cancellation);

        Assert.Equal(HttpStatusCode.BadGateway, answer.StatusCode);
        Assert.Equal("Hello GET", next);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task What_a_killed_host_was_doing_goes_on_at_the_next_start(bool withWorker)
    {
        var errand = _folder.Errand();
        using (var first = await _folder.StartAsync())
        {
            await first.BeginAsync("Journey", "j1", errand);
            await first.BeginAsync("Wait", "w1", null);
            await Until.TrueAsync(() => errand.Runs == 1);
            await first.KillAsync(withWorker);
        }

        using var second = await _folder.StartAsync();
        await Until.TrueAsync(() => errand.Runs >= 2);
        errand.LetGo();
        using var raised = await second.PostAsync($"{Api}/instances/w1/raiseEvent/Go", "5");

        Assert.Equal("part7", (await second.EndOfAsync("j1")).GetProperty("output").GetString());
        Assert.Equal(5, (await second.EndOfAsync("w1")).GetProperty("output").GetInt32());
        Assert.Equal(["Part", "Hold", "Ends"], await second.CompletedAsync("j1"));
    }

    [Fact]
    public async Task A_worker_that_outlived_its_killed_host_is_ended_by_the_next_one()
    {
        using var first = await _folder.StartAsync();
        using var worker = System.Diagnostics.Process.GetProcessById(first.WorkerId);
        await first.KillAsync(withWorker: false);

        using var second = await _folder.StartAsync();

        await worker.WaitForExitAsync(Cancellation);
        Assert.Contains($"The worker's process {first.WorkerId} had outlived its host and was ended.", second.Text, StringComparison.Ordinal);
        Assert.Equal(0, await second.StopAsync());
        Assert.Equal(["taskhub.db"], Directory.GetFiles(_folder.State).Select(Path.GetFileName).Where(name => name is "worker.pid" or "taskhub.db"));
    }

    public void Dispose() => _folder.Dispose();
}
