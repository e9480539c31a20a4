using DurableTask.Core;
using DurableTask.Core.History;
using Microsoft.Extensions.Time.Testing;

namespace DurableTask.Sqlite.Tests;

/// <summary>A disk that takes no more, in the middle of things: SQLite is told that its file may not grow.</summary>
public sealed class FullDiskTests : IDisposable
{
    private readonly FakeTimeProvider _clock = new(TimeProvider.System.GetUtcNow());
    private readonly TaskCompletionSource<object?> _answer = new();
    private readonly RecordedLog _log = new();
    private int _runs;

    [Fact]
    public async Task A_write_that_finds_the_disk_full_is_tried_until_there_is_room()
    {
        await using var hub = await CreateAsync(TimeSpan.FromMinutes(1));
        await FillAsync(hub);

        _answer.SetResult(new string('x', 200_000));
        var event1 = hub.RaiseAsync("x", "e", new string('y', 200_000));
        await Hub.UntilAsync(() => hub.Service.Opened!.File.Writes.IsStuck);
        var waits = !event1.IsCompleted;
        await GiveRoomAsync(hub);
        await event1;
        var end = await hub.EndOfAsync("x");

        Assert.True(waits);
        Assert.Contains(_log.Lines, line => line.StartsWith("The database does not take what is written; it is tried again: ", StringComparison.Ordinal));
        Assert.Contains("No write waits for the database any more", _log.Lines);
        Assert.Equal(("200000", 1), (end.Output, _runs));
    }

    [Fact]
    public async Task A_client_that_finds_the_disk_full_for_too_long_is_told_and_leaves_nothing()
    {
        await using var hub = await CreateAsync(TimeSpan.FromSeconds(30));
        await FillAsync(hub);

        var create = hub.CreateAsync("Calls", new string('x', 200_000), "y");
        await Hub.UntilAsync(() =>
        {
            _clock.Advance(TimeSpan.FromSeconds(1));
            return create.IsCompleted;
        });
        var refusal = await Assert.ThrowsAsync<SqliteStoreException>(() => create);
        await GiveRoomAsync(hub);

        Assert.Contains("tasks.db cannot be written, and nothing of this was: the disk is full. Free some space.", refusal.Message, StringComparison.Ordinal);
        Assert.Null(await hub.Client.GetOrchestrationStateAsync("y"));
    }

    [Fact]
    public async Task An_episode_whose_checkpoint_found_no_room_in_time_is_tried_again_and_loses_nothing()
    {
        await using var hub = await CreateAsync(TimeSpan.FromSeconds(1));
        await FillAsync(hub);

        _answer.SetResult(new string('x', 200_000));
        await Hub.UntilAsync(() =>
        {
            _clock.Advance(TimeSpan.FromMilliseconds(300));
            return _runs > 4;
        });
        await GiveRoomAsync(hub);
        await Hub.UntilAsync(async () =>
        {
            _clock.Advance(TimeSpan.FromMilliseconds(300));
            return (await hub.StateOfAsync("x")).OrchestrationStatus == OrchestrationStatus.Completed;
        });

        Assert.Equal("200000", (await hub.StateOfAsync("x")).Output);
        Assert.Single((await hub.HistoryOfAsync("x")).OfType<TaskCompletedEvent>());
    }

    [Fact]
    public async Task A_service_disposed_on_a_full_disk_ends_and_the_next_goes_on()
    {
        await using var hub = await CreateAsync(TimeSpan.FromMinutes(10));
        await FillAsync(hub);
        _answer.SetResult(new string('x', 200_000));
        await Hub.UntilAsync(() => hub.Service.Opened!.File.Writes.IsStuck);

        await (await hub.ReopenAsync()).StartAsync();

        Assert.Equal(("200000", 2), ((await hub.EndOfAsync("x")).Output, _runs));
    }

    public void Dispose() => _log.Dispose();

    private async Task<Hub> CreateAsync(TimeSpan patience)
    {
        var hub = new Hub
        {
            Time = _clock,
            Log = _log.Factory,
            Options = options => new SqliteOrchestrationServiceOptions(options.Path)
            {
                WritePatience = patience,
                AbandonDelay = TimeSpan.FromMilliseconds(10),
                MaxDeliveryCount = 2,
            },
        }
            .Activity("Answers", input =>
            {
                Interlocked.Increment(ref _runs);
                return _answer.Task;
            })
            .Orchestration("Calls", async (context, _) => (await context.CallAsync<string>("Answers", 1)).Length);
        await hub.StartAsync();
        await hub.CreateAsync("Calls", id: "x");
        await Hub.UntilAsync(() => Volatile.Read(ref _runs) == 1);
        return hub;
    }

    // No page more than the file has now.
    private static Task<object?> FillAsync(Hub hub) => hub.Service.Opened!.File.Writes.WriteAsync(writer =>
        writer.Scalar($"PRAGMA max_page_count = {Convert.ToInt64(writer.Scalar("PRAGMA page_count"))}"));

    private static Task<object?> GiveRoomAsync(Hub hub) =>
        hub.Service.Opened!.File.Writes.WriteAsync(writer => writer.Scalar("PRAGMA max_page_count = 1000000"));
}
