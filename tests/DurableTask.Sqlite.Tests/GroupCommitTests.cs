using DurableTask.Sqlite.Store;

namespace DurableTask.Sqlite.Tests;

public sealed class GroupCommitTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();
    private readonly StoreFile _file;

    public GroupCommitTests()
    {
        Directory.CreateDirectory(Path.GetDirectoryName(_folder.Database)!);
        _file = StoreFile.Open(_folder.Database, TimeProvider.System, TimeSpan.Zero);
    }

    public void Dispose()
    {
        _file.Dispose();
        _folder.Dispose();
    }

    [Fact]
    public async Task A_write_that_fails_leaves_nothing_and_does_not_disturb_those_it_shares_a_commit_with()
    {
        using ManualResetEventSlim gate = new();
        List<int> told = [];
        var first = _file.Writes.WriteAsync(_ =>
        {
            gate.Wait(Hub.Cancellation);
            return 0;
        });
        var writes = Enumerable.Range(0, 50).Select(number => _file.Writes.WriteAsync(
            writer =>
            {
                writer.Scalar(
                    "INSERT INTO instances (instance_id, name, status, created_at, updated_at, generation) VALUES (?1, 'n', 'Pending', 0, 0, 0)", $"i{number}");
                return number % 2 == 0 ? number : throw new InvalidOperationException("odd");
            },
            told.Add)).ToList();

        gate.Set();
        await first;
        foreach (var (write, number) in writes.Select((write, number) => (write, number)))
        {
            if (number % 2 == 0)
            {
                Assert.Equal(number, await write);
            }
            else
            {
                await Assert.ThrowsAsync<InvalidOperationException>(() => write);
            }
        }

        var even = Enumerable.Range(0, 25).Select(number => 2 * number).ToList();
        Assert.Equal(even, told);
        Assert.Equal(
            even.Select(number => $"i{number}"), _file.Queries.Read("SELECT instance_id FROM instances ORDER BY instance_key", row => row.GetString(0)));
    }

    [Fact]
    public async Task A_write_that_fails_by_anothers_of_its_commit_hears_so_only_once_that_is_on_the_disk()
    {
        using ManualResetEventSlim gate = new();
        Task<int>? second = null;
        bool? toldBefore = null;
        _file.Writes.DiesAfterCommit = _ =>
        {
            toldBefore = second?.IsCompleted;
            return false;
        };
        _ = _file.Writes.WriteAsync(_ =>
        {
            gate.Wait(Hub.Cancellation);
            return 0;
        });
        var first = _file.Writes.WriteAsync(_ => 1);
        var refused = _file.Writes.WriteAsync<int>(_ => throw new InvalidOperationException("It is there already."));
        second = refused;
        gate.Set();
        await first;

        await Assert.ThrowsAsync<InvalidOperationException>(() => refused);
        Assert.False(toldBefore);
    }

    [Fact]
    public async Task The_file_is_in_WAL_mode_and_every_commit_is_synced_and_numbered()
    {
        var before = _file.Queries.Read("SELECT number FROM commits", row => row.GetInt64(0)).Single();

        Assert.Equal(2L, await _file.Writes.WriteAsync(writer => writer.Scalar("PRAGMA synchronous")));
        Assert.Equal("wal", _file.Queries.Read("PRAGMA journal_mode", row => row.GetString(0)).Single());
        Assert.Equal(before + 1, _file.Queries.Read("SELECT number FROM commits", row => row.GetInt64(0)).Single());
    }
}
