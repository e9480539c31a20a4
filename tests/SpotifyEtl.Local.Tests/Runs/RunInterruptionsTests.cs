using EmbeddedHost.Hosting;
using Microsoft.DurableTask.Client;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;
using Microsoft.Extensions.Time.Testing;
using SpotifyEtl.Local.Runs;

namespace SpotifyEtl.Local.Tests.Runs;

public sealed class RunInterruptionsTests : IDisposable
{
    private static readonly DateTimeOffset s_now = new(2026, 11, 22, 6, 0, 0, TimeSpan.Zero);

    private readonly DirectoryInfo _state = Directory.CreateTempSubdirectory("interruptions-");

    [Fact]
    public void A_run_was_last_seen_when_any_of_its_parts_was()
    {
        var interruptions = Create(_state.FullName);

        interruptions.Note([Instance("r", 60), Instance("r:files-1", 10), Instance("other", 5)]);
        interruptions.Note([Instance("r", 1)]);

        Assert.Equal(
            [new RunInterruption("r", s_now.AddSeconds(-10), s_now), new RunInterruption("r", s_now.AddSeconds(-1), s_now)],
            Create(_state.FullName).Of("r"));
    }

    [Fact]
    public void A_note_that_cannot_be_read_or_written_stops_nothing()
    {
        File.WriteAllText(Path.Combine(_state.FullName, "interruptions.json"), "{ cut");
        var interruptions = Create(_state.FullName);
        Assert.Empty(interruptions.Of("r"));

        interruptions.Note([Instance("r", 1)]);
        Create(Path.Combine(_state.FullName, "gone")).Note([Instance("r", 1)]);

        Assert.Single(interruptions.Of("r"));
    }

    [Fact]
    public void The_oldest_notes_go_where_there_are_many()
    {
        var interruptions = Create(_state.FullName);

        interruptions.Note([.. Enumerable.Range(0, 1500).Select(number => Instance($"r{number}", 1))]);

        Assert.Empty(interruptions.Of("r499"));
        Assert.Single(interruptions.Of("r500"));
    }

    public void Dispose() => _state.Delete(recursive: true);

    private static OrchestrationMetadata Instance(string id, int seconds) => new("RunEtl", id) { LastUpdatedAt = s_now.AddSeconds(-seconds) };

    private static RunInterruptions Create(string state) => new(
        Options.Create(new EmbeddedHostOptions { StateFolder = state }), new FakeTimeProvider(s_now), NullLogger<RunInterruptions>.Instance);
}
