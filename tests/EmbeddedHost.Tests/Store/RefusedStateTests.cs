using EmbeddedHost.Engine;
using EmbeddedHost.Engine.History;
using EmbeddedHost.Store;
using Microsoft.Data.Sqlite;

namespace EmbeddedHost.Tests.Store;

/// <summary>A state file or folder that cannot be used is refused, with what to do, and keeps every byte.</summary>
public sealed class RefusedStateTests : IDisposable
{
    private static readonly DateTime s_now = new(2026, 1, 1, 0, 0, 0, DateTimeKind.Utc);

    private readonly TemporaryFolder _folder = new();

    private string StorePath => Path.Combine(_folder.Path, "history.db");

    [Fact]
    public async Task A_file_of_a_later_version_keeps_every_byte()
    {
        await FillAsync();
        Execute("PRAGMA user_version = 99");

        var refusal = Refuse();

        Assert.Contains($"is of version 99; this program knows versions up to {StoreSchema.Version}. It was left as it is. Use the program that wrote it, or another state folder.", refusal, StringComparison.Ordinal);
    }

    [Fact]
    public void An_empty_database_of_a_later_version_keeps_every_byte()
    {
        Execute("PRAGMA user_version = 99");

        Assert.Contains("is of version 99", Refuse(), StringComparison.Ordinal);
    }

    [Fact]
    public void A_database_of_another_program_keeps_every_byte()
    {
        Execute("CREATE TABLE songs (name TEXT)");

        Assert.Contains("is a database of another program. It was left as it is. Move it away", Refuse(), StringComparison.Ordinal);
    }

    [Fact]
    public void A_database_of_another_program_with_a_version_like_ours_keeps_every_byte()
    {
        Execute("CREATE TABLE songs (name TEXT); PRAGMA user_version = 2");

        Assert.Contains("is a database of another program", Refuse(), StringComparison.Ordinal);
    }

    [Fact]
    public void A_file_that_is_no_database_keeps_every_byte()
    {
        File.WriteAllText(StorePath, string.Join('\n', Enumerable.Repeat("not a database", 1000)));

        Assert.Contains("it is damaged, or no database", Refuse(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(0.5)]
    [InlineData(0.9)]
    public async Task A_truncated_file_keeps_every_byte(double share)
    {
        await FillAsync();
        using (var file = File.OpenWrite(StorePath))
        {
            file.SetLength((long)(file.Length * share));
        }

        Assert.Contains("damaged", Refuse(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_file_with_damaged_pages_keeps_every_byte()
    {
        await FillAsync();
        using (var file = File.OpenWrite(StorePath))
        {
            for (var page = 4096 * 2; page < file.Length; page += 4096)
            {
                file.Position = page;
                file.Write([.. Enumerable.Repeat((byte)0xA5, 64)]);
            }
        }

        var refusal = Refuse();

        Assert.Contains("damaged", refusal, StringComparison.Ordinal);
        Assert.Contains($"move it away together with {StorePath}-wal", refusal, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_killed_hosts_file_whose_wal_was_deleted_is_refused_until_someone_has_decided()
    {
        await FillAsync();
        var copy = Path.Combine(_folder.Path, "copy");
        Directory.CreateDirectory(copy);
        using (var store = HistoryStore.Open(StorePath))
        {
            await AddAsync(store, "last");
            CopyTo(copy);
        }

        var path = Path.Combine(copy, "history.db");
        var wal = File.ReadAllBytes(path + "-wal");
        File.Delete(path + "-wal");
        var before = Snapshot(copy);
        var refusal = Assert.Throws<EmbeddedHostException>(() => HistoryStore.Open(path)).Message;
        var after = Snapshot(copy);

        File.WriteAllBytes(path + "-wal", wal);
        using (var store = HistoryStore.Open(path))
        {
            Assert.Contains(store.ReadLiveInstances(), instance => instance.Instance.InstanceId == "last");
        }

        Assert.Contains("-wal, which held what was committed last, is gone. It was left as it is. Put the -wal back.", refusal, StringComparison.Ordinal);
        Assert.Contains($"remove {path}-open", refusal, StringComparison.Ordinal);
        Assert.Equal(before, after);
    }

    [Fact]
    public async Task A_killed_hosts_file_is_taken_up_with_all_that_was_committed()
    {
        var copy = Path.Combine(_folder.Path, "copy");
        Directory.CreateDirectory(copy);
        using (var store = HistoryStore.Open(StorePath))
        {
            await AddAsync(store, "first");
            await AddAsync(store, "last");
            CopyTo(copy);
        }

        using var taken = HistoryStore.Open(Path.Combine(copy, "history.db"));

        Assert.Equal(["first", "last"], taken.ReadLiveInstances().Select(instance => instance.Instance.InstanceId));
    }

    [Fact]
    public async Task A_killed_hosts_file_that_was_emptied_is_refused()
    {
        var copy = Path.Combine(_folder.Path, "copy");
        Directory.CreateDirectory(copy);
        using (var store = HistoryStore.Open(StorePath))
        {
            await AddAsync(store, "first");
            CopyTo(copy);
        }

        var path = Path.Combine(copy, "history.db");
        File.WriteAllBytes(path, []);
        var before = Snapshot(copy);

        Assert.Contains("is damaged: it is empty, and its -wal is not", Assert.Throws<EmbeddedHostException>(() => HistoryStore.Open(path)).Message, StringComparison.Ordinal);
        Assert.Equal(before, Snapshot(copy));
    }

    [Fact]
    public async Task A_state_file_closed_in_order_leaves_nothing_beside_it_and_can_be_copied_alone()
    {
        await FillAsync();

        Assert.Equal(["history.db"], Directory.EnumerateFiles(_folder.Path).Select(path => Path.GetFileName(path)));
        File.Copy(StorePath, StorePath + ".copy");
        using var store = HistoryStore.Open(StorePath + ".copy");
        Assert.Equal(200, store.ReadLiveInstances().Count);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void A_state_folder_that_cannot_be_made_or_written_is_refused_with_what_to_do(bool isThere)
    {
        var path = Path.Combine(_folder.Path, "state");
        if (isThere)
        {
            Directory.CreateDirectory(Path.Combine(path, "host.lock"));
        }
        else
        {
            File.WriteAllText(path, "a file in its place");
        }

        var refusal = Assert.Throws<EmbeddedHostException>(() => StateFolder.Take(path, TimeProvider.System)).Message;

        Assert.StartsWith($"The state folder {path} cannot be {(isThere ? "used" : "made")}: ", refusal);
        Assert.EndsWith("Give the user of this program write access to it, or choose another state folder.", refusal);
    }

    [Fact]
    public void A_folder_is_held_with_its_address_and_an_old_holder_is_not_blamed()
    {
        using (var held = StateFolder.Take(_folder.Path, TimeProvider.System))
        {
            held.Announce(new Uri("http://127.0.0.1:7071/"));
            var refusal = Assert.Throws<StateFolderHeldException>(() => StateFolder.Take(_folder.Path, TimeProvider.System)).Message;

            Assert.Contains($"is held by process {Environment.ProcessId} on {Environment.MachineName} since ", refusal, StringComparison.Ordinal);
            Assert.Contains(", at http://127.0.0.1:7071/. Wait until it ends, stop it, or use another state folder.", refusal, StringComparison.Ordinal);
        }

        File.Delete(Path.Combine(_folder.Path, "host.lock"));
        Directory.CreateDirectory(Path.Combine(_folder.Path, "host.lock"));

        Assert.Contains("cannot be used", Assert.Throws<EmbeddedHostException>(() => StateFolder.Take(_folder.Path, TimeProvider.System)).Message, StringComparison.Ordinal);
    }

    public void Dispose() => _folder.Dispose();

    private string Refuse()
    {
        var before = Snapshot(_folder.Path);
        var refusal = Assert.Throws<EmbeddedHostException>(() => HistoryStore.Open(StorePath)).Message;

        Assert.Contains(StorePath, refusal, StringComparison.Ordinal);
        Assert.Equal(before, Snapshot(_folder.Path));
        return refusal;
    }

    // What SQLite needs to read may come and go; what holds data may not.
    private static SortedDictionary<string, string> Snapshot(string folder) => new(
        Directory.EnumerateFiles(folder).Where(path => !path.EndsWith("-shm", StringComparison.Ordinal) && new FileInfo(path) is { Length: > 0 } or { Extension: ".db" })
            .ToDictionary(path => Path.GetFileName(path), path => Convert.ToHexString(System.Security.Cryptography.SHA256.HashData(File.ReadAllBytes(path)))),
        StringComparer.Ordinal);

    private static Task<long> AddAsync(HistoryStore store, string id) => store.WriteAsync(writer =>
    {
        var key = writer.AddInstance(new OrchestrationInstance(id, "e", "Name", "", new string('x', 500), null, null, null), s_now);
        writer.AddStep(key, 1, new StepOutcome([new OrchestratorStarted { At = s_now }], null), s_now);
        return key;
    });

    private async Task FillAsync()
    {
        using var store = HistoryStore.Open(StorePath);
        await Task.WhenAll(Enumerable.Range(0, 200).Select(number => AddAsync(store, $"i{number}")));
    }

    private void CopyTo(string copy)
    {
        foreach (var path in Directory.EnumerateFiles(_folder.Path).Where(path => !path.EndsWith("-shm", StringComparison.Ordinal)))
        {
            using FileStream from = new(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite);
            using var to = File.Create(Path.Combine(copy, Path.GetFileName(path)));
            from.CopyTo(to);
        }
    }

    private void Execute(string sql)
    {
        using SqliteConnection connection = new($"Data Source={StorePath};Pooling=false");
        connection.Open();
        using var command = connection.CreateCommand();
        command.CommandText = sql;
        command.ExecuteNonQuery();
    }
}
