using DurableTask.Core;
using DurableTask.Sqlite.Store;
using Microsoft.Data.Sqlite;

namespace DurableTask.Sqlite.Tests;

/// <summary>A file or folder that cannot be used is refused, with what to do, and keeps every byte.</summary>
public sealed class RefusedFileTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public RefusedFileTests() => Directory.CreateDirectory(Path.GetDirectoryName(_folder.Database)!);

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task A_file_of_a_later_version_keeps_every_byte()
    {
        await FillAsync();
        Execute("PRAGMA user_version = 99");

        Assert.Contains(
            $"is of version 99; this program knows versions up to {StoreSchema.Version}. It was left as it is. Use the program that wrote it, or another file.",
            await RefuseAsync(),
            StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("CREATE TABLE songs (name TEXT)")]
    [InlineData("CREATE TABLE songs (name TEXT); PRAGMA user_version = 1")]
    [InlineData("PRAGMA application_id = 7")]
    [InlineData("PRAGMA user_version = 99")]
    public async Task A_database_of_another_program_keeps_every_byte(string sql)
    {
        Execute(sql);

        Assert.Contains("is another program's. It was left as it is. Move it away", await RefuseAsync(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_file_of_the_format_before_this_provider_keeps_every_byte_and_says_what_to_do()
    {
        Execute("CREATE TABLE instances (a); CREATE TABLE steps (a); CREATE TABLE messages (a); PRAGMA user_version = 5");

        Assert.Contains(
            "is of an older format, which this version does not read. It was left as it is. Let the program that wrote it finish its orchestrations",
            await RefuseAsync(),
            StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_file_that_is_no_database_keeps_every_byte()
    {
        await File.WriteAllTextAsync(_folder.Database, string.Join('\n', Enumerable.Repeat("not a database", 1000)), Hub.Cancellation);

        Assert.Contains("it is damaged, or no database", await RefuseAsync(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(0.5)]
    [InlineData(0.9)]
    public async Task A_truncated_file_keeps_every_byte(double share)
    {
        await FillAsync();
        using (var file = File.OpenWrite(_folder.Database))
        {
            file.SetLength((long)(file.Length * share));
        }

        Assert.Contains("damaged", await RefuseAsync(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_file_with_damaged_pages_keeps_every_byte()
    {
        await FillAsync();
        using (var file = File.OpenWrite(_folder.Database))
        {
            for (var page = 4096 * 2; page < file.Length; page += 4096)
            {
                file.Position = page;
                file.Write([.. Enumerable.Repeat((byte)0xA5, 64)]);
            }
        }

        var refusal = await RefuseAsync();

        Assert.Contains("damaged", refusal, StringComparison.Ordinal);
        Assert.Contains($"move it away together with {_folder.Database}-wal", refusal, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_killed_processs_file_whose_wal_is_lost_is_refused_until_someone_has_decided()
    {
        var copy = await KilledCopyAsync("first", "last");
        var wal = await File.ReadAllBytesAsync(copy + "-wal", Hub.Cancellation);
        File.Delete(copy + "-wal");
        var refusal = await RefuseAsync(copy);

        await File.WriteAllBytesAsync(copy + "-wal", wal, Hub.Cancellation);

        Assert.Contains("had committed more: the rest is in a ", refusal, StringComparison.Ordinal);
        Assert.Contains($"removing {copy}.running goes on from this earlier state", refusal, StringComparison.Ordinal);
        Assert.Equal(["first", "last"], await IdsAsync(copy));
    }

    [Fact]
    public async Task A_killed_processs_file_is_taken_up_with_all_that_was_committed()
    {
        Assert.Equal(["first", "last"], await IdsAsync(await KilledCopyAsync("first", "last")));
    }

    [Fact]
    public async Task A_killed_processs_file_that_another_program_opened_and_closed_is_taken_up()
    {
        var copy = await KilledCopyAsync("first", "last");
        using (SqliteConnection other = new($"Data Source={copy};Pooling=false"))
        {
            other.Open();
            using var command = other.CreateCommand();
            command.CommandText = "SELECT count(*) FROM instances";
            Assert.Equal(2L, command.ExecuteScalar());
        }

        Assert.False(File.Exists(copy + "-wal"));
        Assert.Equal(["first", "last"], await IdsAsync(copy));
    }

    [Fact]
    public async Task A_killed_processs_file_that_was_emptied_or_deleted_is_refused()
    {
        var copy = await KilledCopyAsync("first");
        await File.WriteAllBytesAsync(copy, [], Hub.Cancellation);
        Assert.Contains("is damaged: it is empty, and its -wal is not", await RefuseAsync(copy), StringComparison.Ordinal);

        File.Delete(copy);
        Assert.Contains("is gone, and its last process, which was killed, had committed more", await RefuseAsync(copy), StringComparison.Ordinal);
        Assert.False(File.Exists(copy));
    }

    [Fact]
    public async Task A_file_closed_in_order_leaves_nothing_beside_it_but_the_lock_and_can_be_copied_alone()
    {
        await FillAsync();

        Assert.Equal(
            ["tasks.db", "tasks.db.lock"],
            Directory.EnumerateFiles(Path.GetDirectoryName(_folder.Database)!).Select(path => Path.GetFileName(path)).Order(StringComparer.Ordinal));
        var copy = Path.Combine(_folder.Path, "copy.db");
        File.Copy(_folder.Database, copy);
        Assert.Equal(200, (await IdsAsync(copy)).Count);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_folder_that_cannot_be_made_or_written_is_refused_with_what_to_do(bool isThere)
    {
        var path = Path.Combine(_folder.Path, "folder", "tasks.db");
        if (isThere)
        {
            Directory.CreateDirectory(path + ".lock");
        }
        else
        {
            await File.WriteAllTextAsync(Path.GetDirectoryName(path)!, "a file in its place", Hub.Cancellation);
        }

        await using SqliteOrchestrationService service = new(new SqliteOrchestrationServiceOptions(path));
        var refusal = (await Assert.ThrowsAsync<SqliteStoreException>(service.OpenAsync)).Message;

        Assert.StartsWith($"The database {path} cannot be used: ", refusal);
        Assert.EndsWith("Give the user of this program write access to its folder, or choose another file.", refusal);
    }

    private static async Task<List<string>> IdsAsync(string path)
    {
        await using SqliteOrchestrationService service = new(new SqliteOrchestrationServiceOptions(path));
        InstanceFilter all = new() { Take = 1000, Order = InstanceOrder.InstanceId, Descending = false };
        return [.. (await service.FindInstancesAsync(all, Hub.Cancellation)).Instances.Select(state => state.OrchestrationInstance.InstanceId)];
    }

    // What SQLite needs to read may come and go; what holds data may not.
    private static SortedDictionary<string, string> Snapshot(string path) => new(
        Directory.EnumerateFiles(Path.GetDirectoryName(path)!)
            .Where(file => !file.EndsWith("-shm", StringComparison.Ordinal)
                && !file.EndsWith(".lock", StringComparison.Ordinal)
                && new FileInfo(file) is { Length: > 0 } or { Extension: ".db" })
            .ToDictionary(file => Path.GetFileName(file), file => Convert.ToHexString(System.Security.Cryptography.SHA256.HashData(File.ReadAllBytes(file)))),
        StringComparer.Ordinal);

    private async Task<string> RefuseAsync(string? path = null)
    {
        path ??= _folder.Database;
        var before = Snapshot(path);
        await using SqliteOrchestrationService service = new(new SqliteOrchestrationServiceOptions(path));
        var refusal = (await Assert.ThrowsAsync<SqliteStoreException>(service.OpenAsync)).Message;

        Assert.Contains(path, refusal, StringComparison.Ordinal);
        Assert.Equal(before, Snapshot(path));
        return refusal;
    }

    private async Task FillAsync()
    {
        await using SqliteOrchestrationService service = new(new SqliteOrchestrationServiceOptions(_folder.Database));
        await Task.WhenAll(Enumerable.Range(0, 200).Select(number => AddAsync(service, $"i-{number}")));
    }

    private async Task<string> KilledCopyAsync(params string[] ids)
    {
        var copy = Directory.CreateDirectory(Path.Combine(_folder.Path, "copy")).FullName;
        await using SqliteOrchestrationService service = new(new SqliteOrchestrationServiceOptions(_folder.Database));
        foreach (var id in ids)
        {
            await AddAsync(service, id);
        }

        foreach (var path in Directory.EnumerateFiles(Path.GetDirectoryName(_folder.Database)!).Where(path =>
            !path.EndsWith("-shm", StringComparison.Ordinal)
            && !path.EndsWith(".lock", StringComparison.Ordinal)
            && !path.EndsWith(".holder", StringComparison.Ordinal)))
        {
            await using FileStream from = new(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite);
            await using var to = File.Create(Path.Combine(copy, Path.GetFileName(path)));
            await from.CopyToAsync(to, Hub.Cancellation);
        }

        return Path.Combine(copy, "tasks.db");
    }

    private static Task<OrchestrationInstance> AddAsync(SqliteOrchestrationService service, string id) =>
        new TaskHubClient(service).CreateOrchestrationInstanceAsync("Any", "", id, new string('x', 500));

    private void Execute(string sql)
    {
        using SqliteConnection connection = new($"Data Source={_folder.Database};Pooling=false");
        connection.Open();
        using var command = connection.CreateCommand();
        command.CommandText = sql;
        command.ExecuteNonQuery();
    }
}
