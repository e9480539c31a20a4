using System.Runtime.Versioning;

namespace DurableTask.Sqlite.Tests;

[UnsupportedOSPlatform("windows")]
public sealed class HeldFileTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task A_second_service_is_told_who_holds_the_file_and_where_it_listens()
    {
        await using var first = Service();
        first.Announce(new Uri("http://127.0.0.1:7071/"));
        await first.OpenAsync();

        await using var second = Service();
        var refusal = await Assert.ThrowsAsync<StoreHeldException>(second.OpenAsync);
        await first.DisposeAsync();
        await second.OpenAsync();

        Assert.Equal(
            (Environment.ProcessId, Environment.MachineName, new Uri("http://127.0.0.1:7071/")),
            (refusal.Holder!.ProcessId, refusal.Holder.Machine, refusal.Holder.Address));
        Assert.Contains(
            $"The database {_folder.Database} is held by process {Environment.ProcessId} on {Environment.MachineName} since ",
            refusal.Message,
            StringComparison.Ordinal);
        Assert.EndsWith(", at http://127.0.0.1:7071/. Wait until it ends, stop it, or use another file.", refusal.Message);
    }

    [Fact]
    public async Task The_holder_can_be_asked_for_and_is_nobody_once_it_has_gone()
    {
        var before = SqliteOrchestrationService.FindHolder(_folder.Database);
        await using var service = Service();
        await service.OpenAsync();
        service.Announce(new Uri("http://127.0.0.1:7071/"));
        var held = SqliteOrchestrationService.FindHolder(_folder.Database);
        await service.DisposeAsync();

        Assert.Null(before);
        Assert.Equal(new Uri("http://127.0.0.1:7071/"), held!.Address);
        Assert.Null(SqliteOrchestrationService.FindHolder(_folder.Database));
    }

    [Fact]
    public async Task Of_many_that_start_on_a_fresh_folder_at_once_one_holds_it_and_the_others_are_told()
    {
        List<SqliteOrchestrationService> services = [.. Enumerable.Range(0, 8).Select(_ => Service())];
        List<Task> opens = services.ConvertAll(service => Task.Run(service.OpenAsync));
        await Task.WhenAll(opens).ContinueWith(_ => { }, TaskScheduler.Default);

        Assert.Equal(1, opens.Count(open => open.IsCompletedSuccessfully));
        Assert.All(opens.Where(open => open.IsFaulted), open => Assert.NotNull(Assert.IsType<StoreHeldException>(open.Exception!.InnerException).Holder));
        foreach (var service in services)
        {
            await service.DisposeAsync();
        }
    }

    [Fact]
    public async Task A_file_held_by_another_process_says_by_which_and_is_free_once_that_is_killed()
    {
        using var other = await HoldingProcess.StartAsync(_folder.Database, Hub.Cancellation);
        await using var service = Service();

        var refusal = await Assert.ThrowsAsync<StoreHeldException>(service.OpenAsync);
        var holder = SqliteOrchestrationService.FindHolder(_folder.Database);
        await other.KillAsync(Hub.Cancellation);
        var found = await service.GetOrchestrationStateAsync("committed", allExecutions: false);

        Assert.Equal(other.Id, refusal.Holder!.ProcessId);
        Assert.Equal(other.Id, holder!.ProcessId);
        Assert.Equal("committed", Assert.Single(found).OrchestrationInstance.InstanceId);
    }

    [Fact]
    public async Task Its_instances_are_read_while_another_process_holds_it_after_that_was_killed_and_once_it_has_ended_in_order()
    {
        using var other = await HoldingProcess.StartAsync(_folder.Database, Hub.Cancellation);
        var held = Read();
        await other.KillAsync(Hub.Cancellation);
        var killed = Read();
        await using (var service = Service())
        {
            await service.OpenAsync();
        }

        Assert.Equal("committed", held);
        Assert.Equal("committed", killed);
        Assert.Equal("committed", Read());
        Assert.DoesNotContain(Directory.GetFiles(_folder.Path, "*", SearchOption.AllDirectories), file =>
            file.EndsWith("-wal", StringComparison.Ordinal) || file.EndsWith("-shm", StringComparison.Ordinal));

        string Read() =>
            Assert.Single(SqliteOrchestrationService.ReadInstances(_folder.Database, new InstanceFilter()).Instances).OrchestrationInstance.InstanceId;
    }

    [Fact]
    public void Instances_of_a_file_that_is_not_there_are_refused_and_it_is_not_made()
    {
        var refusal = Assert.Throws<SqliteStoreException>(() => SqliteOrchestrationService.ReadInstances(_folder.Database, new InstanceFilter()));

        Assert.Contains(_folder.Database, refusal.Message, StringComparison.Ordinal);
        Assert.False(File.Exists(_folder.Database));
    }

    [Fact]
    public async Task A_folder_that_is_made_opens_to_its_owner_alone_and_one_that_was_there_keeps_its_mode()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "Windows keeps a folder's rights with its parent.");
        const UnixFileMode Shared =
            UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute | UnixFileMode.GroupRead | UnixFileMode.GroupExecute;
        var made = Path.Combine(_folder.Path, "a", "b");
        var shared = Directory.CreateDirectory(Path.Combine(_folder.Path, "c"), Shared).FullName;

        foreach (var folder in (string[])[made, shared])
        {
            await using SqliteOrchestrationService service = new(new SqliteOrchestrationServiceOptions(Path.Combine(folder, "tasks.db")));
            await service.OpenAsync();
        }

        Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute, File.GetUnixFileMode(made));
        Assert.Equal(Shared, File.GetUnixFileMode(shared));
    }

    private SqliteOrchestrationService Service() => new(new SqliteOrchestrationServiceOptions(_folder.Database));
}
