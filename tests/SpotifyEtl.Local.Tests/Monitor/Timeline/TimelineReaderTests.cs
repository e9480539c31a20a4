using Microsoft.DurableTask;
using SpotifyEtl.Local.Monitor;
using SpotifyEtl.Local.Monitor.Timeline;

namespace SpotifyEtl.Local.Tests.Monitor.Timeline;

/// <summary>The rows of the Gantt chart and the list of events, from histories of the real engine.</summary>
public sealed class TimelineReaderTests
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Tries_of_one_activity_for_one_thing_are_bars_of_one_row()
    {
        var tries = 0;
        await using var host = await StartAsync(tasks =>
        {
            tasks.AddOrchestratorFunc<string>("Run", async context =>
            {
                var retries = TaskOptions.FromRetryPolicy(new RetryPolicy(3, TimeSpan.FromMilliseconds(1)));
                await context.CallActivityAsync("Fetch", new Asked("one"), retries);
                await context.CallActivityAsync("Fetch", new Asked("two"), retries);
                return "done";
            });
            tasks.AddActivityFunc<Asked>(
                "Fetch", (_, asked) => asked.PlaylistId == "one" && ++tries < 3 ? throw new InvalidOperationException("not yet") : Task.CompletedTask);
        });

        var steps = TimelineReader.Read(await HistoryAsync(host, "Run"));

        Assert.Equal(
            [("Fetch", "one", StepKind.Activity, 3), ("Timer", string.Empty, StepKind.Timer, 2), ("Fetch", "two", StepKind.Activity, 1)],
            steps.Select(step => (step.Name, step.Subject, step.Kind, step.Bars.Count)));
        Assert.Equal([BarState.Failed, BarState.Failed, BarState.Done], steps[0].Bars.Select(bar => bar.State));
        Assert.Equal(BarState.Done, steps[0].State);
        Assert.All(steps.SelectMany(step => step.Bars), bar => Assert.True(bar.End >= bar.Start));
    }

    [Fact]
    public async Task A_sub_orchestration_names_its_part_and_how_many_files_it_has()
    {
        await using var host = await StartAsync(tasks =>
        {
            tasks.AddOrchestratorFunc<string>("Run", async context =>
            {
                await context.CallSubOrchestratorAsync(
                    "Part", new { names = (string[])["a", "b"] }, new SubOrchestrationOptions(instanceId: context.InstanceId + ":files-1"));
                return "done";
            });
            tasks.AddOrchestratorFunc("Part", _ => throw new InvalidOperationException("broken"));
        });

        var step = Assert.Single(TimelineReader.Read(await HistoryAsync(host, "Run")));

        Assert.Equal(("Part", "2 files", "r:files-1", BarState.Failed), (step.Name, step.Subject, step.PartId, step.State));
    }

    [Fact]
    public async Task What_runs_when_the_orchestration_is_ended_is_abandoned()
    {
        TaskCompletionSource called = new(TaskCreationOptions.RunContinuationsAsynchronously);
        TaskCompletionSource let = new(TaskCreationOptions.RunContinuationsAsynchronously);
        await using var host = await StartAsync(tasks =>
        {
            tasks.AddOrchestratorFunc("Run", context => context.CallActivityAsync("Hang", "x"));
            tasks.AddActivityFunc<string>("Hang", (_, _) =>
            {
                called.SetResult();
                return let.Task;
            });
        });
        await host.Client.ScheduleNewOrchestrationInstanceAsync("Run", null, new StartOrchestrationOptions("r"), Cancellation);
        await called.Task.WaitAsync(Cancellation);
        var live = Assert.Single(TimelineReader.Read(await host.Client.GetOrchestrationHistoryAsync("r", Cancellation)));

        await host.Client.TerminateInstanceAsync("r", "Enough.", Cancellation);
        await host.Client.WaitForInstanceCompletionAsync("r", Cancellation);
        var ended = Assert.Single(TimelineReader.Read(await host.Client.GetOrchestrationHistoryAsync("r", Cancellation)));
        let.SetResult();

        Assert.Equal((BarState.Running, null), (live.State, live.End));
        Assert.Equal(BarState.Abandoned, ended.State);
        Assert.NotNull(ended.End);
    }

    [Fact]
    public async Task Events_tell_what_they_answer_and_failures_their_causes()
    {
        await using var host = await StartAsync(tasks =>
        {
            tasks.AddOrchestratorFunc("Run", context => context.CallActivityAsync("Break", "x"));
            tasks.AddActivityFunc<string>("Break", (_, _) => throw new InvalidOperationException("outer", new FormatException("inner")));
        });

        var entries = HistoryEntry.Read(await HistoryAsync(host, "Run"));

        Assert.Equal(["Execution started", "Task scheduled", "Task failed", "Execution completed"], entries.Select(entry => entry.Event));
        Assert.Equal("Break", entries[2].Name);
        Assert.True(entries[2].IsFailure);
        var texts = entries[2].Texts.ToDictionary(text => text.Label + text.Text!.Split('\n')[0], text => text.Text, StringComparer.Ordinal);
        Assert.Contains(
            texts.Keys,
            key => key.StartsWith("Failure", StringComparison.Ordinal) && key.EndsWith("InvalidOperationException: outer", StringComparison.Ordinal));
        Assert.Contains(
            texts.Keys, key => key.StartsWith("Caused by", StringComparison.Ordinal) && key.EndsWith("FormatException: inner", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData(null, "")]
    [InlineData("", "")]
    [InlineData("{", "")]
    [InlineData("[1,2]", "")]
    [InlineData("17", "")]
    [InlineData("\"spotify_song_crawler\"", "spotify_song_crawler")]
    [InlineData("""{"crawler":"c","name":"n"}""", "c")]
    [InlineData("""{"name":{"a":1}}""", "")]
    [InlineData("""{"names":["a"]}""", "1 file")]
    public void A_step_is_about_what_its_input_names(string? input, string subject) => Assert.Equal(subject, StepSubject.Of(input));

    [Fact]
    public void Bars_are_on_the_chart_and_wide_enough_to_be_seen_whatever_their_times()
    {
        DateTimeOffset start = new(2026, 1, 1, 0, 0, 0, TimeSpan.Zero);
        TimelineScale scale = new(start, start.AddHours(10));

        foreach (var (from, to) in new (double, double?)[] { (0, 0), (0, 36000), (35999.999, 36000), (-5, -1), (0, null), (36000, null), (40000, 50000) })
        {
            TimelineBar bar = new(start.AddSeconds(from), to is { } end ? start.AddSeconds(end) : null, BarState.Done);
            var (x, width) = (
                double.Parse(scale.X(bar), System.Globalization.CultureInfo.InvariantCulture),
                double.Parse(scale.BarWidth(bar), System.Globalization.CultureInfo.InvariantCulture));
            Assert.InRange(x, 0, TimelineScale.Width);
            Assert.InRange(width, 1, TimelineScale.Width);
            Assert.True(x + width <= TimelineScale.Width + 0.01, $"{x} and {width}");
        }

        Assert.Equal("0 s", MonitorText.Duration(new TimelineScale(start, start).TickTimes().First()));
    }

    private static Task<TaskHost> StartAsync(Action<DurableTaskRegistry> tasks) => TaskHost.StartAsync(tasks, Cancellation);

    private static async Task<IList<DurableTask.Core.History.HistoryEvent>> HistoryAsync(TaskHost host, string orchestrator)
    {
        await host.Client.ScheduleNewOrchestrationInstanceAsync(orchestrator, null, new StartOrchestrationOptions("r"), Cancellation);
        await host.Client.WaitForInstanceCompletionAsync("r", Cancellation);
        return await host.Client.GetOrchestrationHistoryAsync("r", Cancellation);
    }

    private sealed record Asked([property: System.Text.Json.Serialization.JsonPropertyName("playlistId")] string PlaylistId);
}
