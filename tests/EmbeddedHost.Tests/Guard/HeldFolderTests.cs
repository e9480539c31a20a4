using EmbeddedHost.Store;

namespace EmbeddedHost.Tests.Guard;

public sealed class HeldFolderTests
{
    [Fact]
    public async Task A_folder_held_by_another_process_says_by_which_and_is_free_once_that_is_killed()
    {
        var cancellation = TestContext.Current.CancellationToken;
        using TemporaryFolder folder = new();
        using var other = await HostProcess.StartAsync(folder.Path, cancellation);

        var refusal = Assert.Throws<StateFolderHeldException>(() => StateFolder.Take(folder.Path, TimeProvider.System)).Message;
        await other.KillAsync(cancellation);
        using var taken = StateFolder.Take(folder.Path, TimeProvider.System);
        using var store = HistoryStore.Open(taken.StorePath);

        Assert.Contains($"is held by process {other.Id} on {Environment.MachineName} since ", refusal, StringComparison.Ordinal);
        Assert.Contains(", at http://127.0.0.1:7071/.", refusal, StringComparison.Ordinal);
        Assert.Equal("committed", Assert.Single(store.ReadLiveInstances()).Instance.InstanceId);
    }
}
