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
            [("Fetch", "one", StepKind.Activity, 3), (TimelineReader.WaitBeforeRetry, string.Empty, StepKind.Timer, 2), ("Fetch", "two", StepKind.Activity, 1)],
            steps.Select(step => (step.Name, step.Subject, step.Kind, step.Bars.Count)));
        Assert.Equal([BarState.Failed, BarState.Failed, BarState.Done], steps[0].Bars.Select(bar => bar.State));
        Assert.Equal(BarState.Done, steps[0].State);
        Assert.All(steps.SelectMany(step => step.Bars), bar => Assert.True(bar.End >= bar.Start));
    }

    [Fact]
    public async Task A_batch_names_its_part_its_range_and_its_first_and_last_file()
    {
        await using var host = await StartAsync(tasks =>
        {
            tasks.AddOrchestratorFunc<string>("Run", async context =>
            {
                string[][] batches = [["spotify_raw_a.json", "b.json"], ["c.json"], ["d", "e", "f"]];
                foreach (var (index, names) in batches.Index())
                {
                    try
                    {
                        await context.CallSubOrchestratorAsync(
                            "Part", new { names }, new SubOrchestrationOptions(instanceId: $"{context.InstanceId}:files-{index + 1}"));
                    }
                    catch (TaskFailedException)
                    {
                        // The next batch is begun all the same.
                    }
                }

                return "done";
            });
            tasks.AddOrchestratorFunc("Part", _ => throw new InvalidOperationException("broken"));
        });

        var history = await HistoryAsync(host, "Run");
        var steps = TimelineReader.Read(history);
        var told = HistoryEntry.Read(history).Where(entry => entry.Event == "Sub orchestration instance failed").ToList();

        Assert.Equal(
            [("Part", "files 1–2", "a … b", "r:files-1"), ("Part", "file 3", "c", "r:files-2"), ("Part", "files 4–6", "d … f", "r:files-3")],
            steps.Select(step => (step.Name, step.Subject, step.Names, step.PartId)));
        Assert.All(steps, step => Assert.Equal(BarState.Failed, step.State));
        Assert.Equal(
            [("Part", "files 1–2: a … b", "r:files-1"), ("Part", "file 3: c", "r:files-2"), ("Part", "files 4–6: d … f", "r:files-3")],
            told.Select(entry => (entry.Name, entry.Subject, entry.PartId)));
    }

    [Fact]
    public async Task A_history_has_the_inputs_of_sub_orchestrations()
    {
        await using var host = await StartAsync(tasks =>
        {
            tasks.AddOrchestratorFunc<string>("Run", async context => await context.CallSubOrchestratorAsync<string>("Part", new { names = (string[])["a"] }));
            tasks.AddOrchestratorFunc("Part", _ => Task.FromResult("done"));
        });

        var entries = HistoryEntry.Read(await HistoryAsync(host, "Run"));

        var created = Assert.Single(entries, entry => entry.Event == "Sub orchestration instance created");
        Assert.Equal("Part", created.Name);
        Assert.Equal("""{"names":["a"]}""", Assert.Single(created.Texts, text => text.Label == "Input").Text);
        Assert.Equal("Part", Assert.Single(entries, entry => entry.Event == "Sub orchestration instance completed").Name);
    }

    [Fact]
    public async Task A_wait_that_Spotify_asked_for_is_told_from_the_pause_before_another_try()
    {
        await using var host = await StartAsync(tasks =>
        {
            tasks.AddOrchestratorFunc<string>("Run", async context =>
            {
                var until = context.CurrentUtcDateTime.AddMilliseconds(500);
                await context.CallActivityAsync<object>("Extract", new PutOff("p", new DateTimeOffset(until)));
                await context.CreateTimer(until, CancellationToken.None);
                await context.CreateTimer(TimeSpan.FromMilliseconds(5), CancellationToken.None);
                return "done";
            });
            tasks.AddActivityFunc<PutOff, object>("Extract", (_, asked) => new { playlist = (string?)null, deferredUntil = asked.Until });
        });

        var history = await HistoryAsync(host, "Run");
        var steps = TimelineReader.Read(history);
        var waits = steps.Where(step => step.Kind is StepKind.Timer).ToList();
        var fired = HistoryEntry.Read(history).First(entry => entry.Event == "Timer fired");

        Assert.Equal(
            [(TimelineReader.WaitForSpotify, "p"), (TimelineReader.WaitBeforeRetry, string.Empty)], waits.Select(wait => (wait.Name, wait.Subject)));
        Assert.Equal(waits[0].End, fired.Time);
        Assert.True(waits[0].End >= steps[0].Start.AddMilliseconds(400), $"{waits[0].End} is when the timer was made, not when it fired.");
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
    [InlineData("""{"names":[]}""", "")]
    [InlineData("""{"names":["a"]}""", "file 1")]
    [InlineData("""{"names":[{},"b"]}""", "files 1–2")]
    public void A_step_is_about_what_its_input_names(string? input, string subject) => Assert.Equal(subject, StepSubject.Of(input).TextAfter(before: 0));

    private static Task<TaskHost> StartAsync(Action<DurableTaskRegistry> tasks) => TaskHost.StartAsync(tasks, Cancellation);

    private static async Task<IList<DurableTask.Core.History.HistoryEvent>> HistoryAsync(TaskHost host, string orchestrator)
    {
        await host.Client.ScheduleNewOrchestrationInstanceAsync(orchestrator, null, new StartOrchestrationOptions("r"), Cancellation);
        await host.Client.WaitForInstanceCompletionAsync("r", Cancellation);
        return await host.Client.GetOrchestrationHistoryAsync("r", Cancellation);
    }

    private sealed record PutOff(
        [property: System.Text.Json.Serialization.JsonPropertyName("playlistId")] string PlaylistId,
        [property: System.Text.Json.Serialization.JsonPropertyName("until")] DateTimeOffset Until);

    private sealed record Asked([property: System.Text.Json.Serialization.JsonPropertyName("playlistId")] string PlaylistId);
}
