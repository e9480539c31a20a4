namespace EmbeddedHost.Tests.Http.Management;

/// <summary>A host with four instances, for tests that leave them as they are.</summary>
public sealed class FilledWebHost : IAsyncLifetime
{
    /// <summary>Their ids, in order: one that waits, a completed, a failed and another completed one.</summary>
    public const string Ids = "live,one-b,one-f,two";

    internal WebHost Host { get; private set; } = null!;

    public async ValueTask InitializeAsync()
    {
        Host = await WebHost.StartAsync();
        await Host.BeginAsync("Wait", "live");
        await Host.RunAsync("Quick", "one-b");
        await Host.RunAsync("Break", "one-f");
        await Host.RunAsync("Quick", "two");
    }

    public ValueTask DisposeAsync() => Host?.DisposeAsync() ?? ValueTask.CompletedTask;
}
