namespace DurableTask.Sqlite.Tests;

public sealed class OptionsTests
{
    [Fact]
    public void Everything_that_is_not_allowed_is_named()
    {
        SqliteOrchestrationServiceOptions options = new(" ")
        {
            MaxConcurrentTaskActivityWorkItems = 0,
            MaxConcurrentTaskOrchestrationWorkItems = -1,
            MaxDeliveryCount = 0,
            AbandonDelay = TimeSpan.FromSeconds(-1),
            WritePatience = TimeSpan.FromDays(2),
            ExtendedSessionIdleTimeout = TimeSpan.FromSeconds(-1),
        };

        var refusal = Assert.Throws<ArgumentException>(() => new SqliteOrchestrationService(options)).Message;

        Assert.Equal(
            "Path is empty; it must name a file. MaxConcurrentTaskOrchestrationWorkItems is -1; it must be 1 or more. "
            + "MaxConcurrentTaskActivityWorkItems is 0; it must be 1 or more. "
            + "MaxDeliveryCount is 0; it must be 1 or more. ExtendedSessionIdleTimeout is -00:00:01; it must be between 0 and 1.00:00:00. "
            + "AbandonDelay is -00:00:01; it must be between 0 and 1.00:00:00. WritePatience is 2.00:00:00; it must be between 0 and 1.00:00:00.",
            refusal);
    }

    [Fact]
    public async Task A_disposed_service_says_so()
    {
        var hub = new Hub().Open();
        await hub.Service.DisposeAsync();

        await Assert.ThrowsAsync<ObjectDisposedException>(() => hub.Service.OpenAsync());
        await hub.DisposeAsync();
    }

    [Fact]
    public async Task What_is_still_at_work_when_the_store_is_made_anew_has_no_effect_on_the_new_one()
    {
        TaskCompletionSource<object?> answer = new();
        var runs = 0;
        await using var hub = new Hub();
        await hub
            .Activity("Waits", input => Interlocked.Increment(ref runs) == 1 ? answer.Task : Task.FromResult<object?>(2))
            .Orchestration("Calls", async (context, _) => await context.CallAsync<int>("Waits"))
            .StartAsync();
        await hub.CreateAsync("Calls", id: "old");
        await Hub.UntilAsync(() => Volatile.Read(ref runs) == 1);

        await hub.Service.CreateAsync();
        answer.SetResult(1);
        var end = await hub.RunAsync("Calls", id: "new");

        Assert.Equal("2", end.Output);
        Assert.Null(await hub.Client.GetOrchestrationStateAsync("old"));
    }

    [Fact]
    public async Task The_store_is_made_kept_deleted_and_made_anew()
    {
        await using var hub = new Hub().Open();
        await hub.Service.CreateIfNotExistsAsync();
        await hub.CreateAsync("Any", id: "x");

        await hub.Service.CreateIfNotExistsAsync();
        await hub.Service.CreateAsync(recreateInstanceStore: false);
        await hub.Service.DeleteAsync(deleteInstanceStore: false);
        Assert.NotNull(await hub.StateOfAsync("x"));
        await hub.Service.CreateAsync();
        Assert.Null(await hub.Client.GetOrchestrationStateAsync("x"));
        await hub.Service.DeleteAsync();
        Assert.False(File.Exists(hub.Database));
    }
}
