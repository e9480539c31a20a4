using EmbeddedHost.Engine;
using EmbeddedHost.Engine.History;
using EmbeddedHost.Store;
using Microsoft.DurableTask.Client;

namespace EmbeddedHost.Tests.Store;

public sealed class GroupCommitTests
{
    [Fact]
    public async Task A_write_that_fails_leaves_nothing_and_does_not_disturb_those_it_shares_a_commit_with()
    {
        using TemporaryFolder folder = new();
        using var store = HistoryStore.Open(Path.Combine(folder.Path, "history.db"));
        var now = new DateTime(2026, 1, 1, 0, 0, 0, DateTimeKind.Utc);
        using ManualResetEventSlim gate = new();
        var first = store.WriteAsync(_ =>
        {
            gate.Wait(TestContext.Current.CancellationToken);
            return 0L;
        });
        var writes = Enumerable.Range(0, 50).Select(number => store.WriteAsync(writer =>
        {
            var key = writer.AddInstance(new OrchestrationInstance($"i{number}", "e", "Name", "", null, null, null, null), now);
            writer.AddStep(key, 1, new StepOutcome([new OrchestratorStarted { At = now }], null), now);
            return number % 2 == 0 ? key : throw new InvalidOperationException("odd");
        })).ToList();

        gate.Set();
        await first;
        foreach (var (write, number) in writes.Select((write, number) => (write, number)))
        {
            if (number % 2 == 0)
            {
                await write;
            }
            else
            {
                await Assert.ThrowsAsync<InvalidOperationException>(() => write);
            }
        }

        var live = store.ReadLiveInstances();
        Assert.Equal(Enumerable.Range(0, 25).Select(number => $"i{2 * number}"), live.Select(instance => instance.Instance.InstanceId));
        Assert.All(live, instance => Assert.Single(store.ReadSteps(instance.Key)));
        Assert.Equal(25, store.Read("SELECT count(*) FROM steps", row => row.GetInt64(0)).Single());
    }

    [Fact]
    public async Task What_a_write_returned_is_on_the_disk()
    {
        using TemporaryFolder folder = new();
        var path = Path.Combine(folder.Path, "history.db");
        using (var store = HistoryStore.Open(path))
        {
            await store.WriteAsync(writer => writer.AddInstance(
                new OrchestrationInstance("kept", "e", "Name", "2.0", "1", new ParentRequest("p", "pe", "Parent", 7), new DateTime(2026, 5, 1, 2, 3, 4, DateTimeKind.Utc), """{"a":"b"}"""),
                new DateTime(2026, 1, 1, 0, 0, 0, DateTimeKind.Utc)));
            await store.WriteAsync(writer =>
            {
                writer.AddMessage(new StoredMessage(5, "kept", "e", new SubOrchestrationCompleted(7, "2")));
                return 0;
            });
        }

        using var reopened = HistoryStore.Open(path);
        var instance = Assert.Single(reopened.ReadLiveInstances()).Instance;
        var message = Assert.Single(reopened.ReadMessages());

        Assert.Equal(new OrchestrationInstance("kept", "e", "Name", "2.0", "1", new ParentRequest("p", "pe", "Parent", 7), new DateTime(2026, 5, 1, 2, 3, 4, DateTimeKind.Utc), """{"a":"b"}"""), instance);
        Assert.Equal(new StoredMessage(5, "kept", "e", new SubOrchestrationCompleted(7, "2")), message);
    }

    [Fact]
    public async Task The_store_is_in_WAL_mode_and_syncs_every_commit()
    {
        using TemporaryFolder folder = new();
        using var store = HistoryStore.Open(Path.Combine(folder.Path, "history.db"));

        Assert.Equal("wal", store.Read("PRAGMA journal_mode", row => row.GetString(0)).Single());
        Assert.Equal(2L, await store.WriteAsync(writer => writer.ReadPragma("synchronous")));
    }

    [Fact]
    public void A_file_of_a_later_version_is_refused_and_left_as_it_was()
    {
        using TemporaryFolder folder = new();
        var path = Path.Combine(folder.Path, "history.db");
        using (Microsoft.Data.Sqlite.SqliteConnection connection = new($"Data Source={path};Pooling=false"))
        {
            connection.Open();
            using var command = connection.CreateCommand();
            command.CommandText = "PRAGMA user_version = 99";
            command.ExecuteNonQuery();
        }

        var refusal = Assert.ThrowsAny<EmbeddedHostException>(() => HistoryStore.Open(path));

        Assert.Contains("is of version 99; this program knows versions up to ", refusal.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_file_that_is_no_database_is_refused_and_left_as_it_was()
    {
        using TemporaryFolder folder = new();
        var path = Path.Combine(folder.Path, "history.db");
        var bytes = Enumerable.Repeat((byte)'x', 5000).ToArray();
        File.WriteAllBytes(path, bytes);

        var refusal = Assert.ThrowsAny<EmbeddedHostException>(() => HistoryStore.Open(path));

        Assert.Contains(path, refusal.Message, StringComparison.Ordinal);
        Assert.Equal(bytes, File.ReadAllBytes(path));
    }

    [Fact]
    public void A_state_folder_is_held_by_one_at_a_time_and_says_by_whom()
    {
        using TemporaryFolder folder = new();
        using (StateFolder.Take(folder.Path, TimeProvider.System))
        {
            var refusal = Assert.ThrowsAny<EmbeddedHostException>(() => StateFolder.Take(folder.Path, TimeProvider.System));

            Assert.Contains($"is held by process {Environment.ProcessId} on {Environment.MachineName}", refusal.Message, StringComparison.Ordinal);
        }

        StateFolder.Take(folder.Path, TimeProvider.System).Dispose();
    }
}
