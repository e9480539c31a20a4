namespace EmbeddedHost.Tests.Http;

/// <summary>A host without keys for all tests of a class, which tell their instances apart by their ids.</summary>
public sealed class SharedWebHost : IAsyncLifetime
{
    private int _ids;

    internal WebHost Host { get; private set; } = null!;

    /// <summary>An id that no other test of the class has.</summary>
    public string NewId() => $"id{Interlocked.Increment(ref _ids)}";

    public async ValueTask InitializeAsync() => Host = await WebHost.StartAsync();

    public ValueTask DisposeAsync() => Host?.DisposeAsync() ?? ValueTask.CompletedTask;
}
