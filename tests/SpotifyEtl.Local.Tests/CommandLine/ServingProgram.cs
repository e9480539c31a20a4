namespace SpotifyEtl.Local.Tests.CommandLine;

/// <summary>The program as it serves.</summary>
/// <param name="url">Where it listens.</param>
/// <param name="stop">Asks it to stop and waits until it has.</param>
internal sealed class ServingProgram(Uri url, Func<Task<Ended>> stop) : IAsyncDisposable
{
    private Ended? _ended;

    public HttpClient Http { get; } = new() { BaseAddress = url };

    /// <summary>Asks it to stop, as Ctrl+C and service managers do.</summary>
    public async Task<Ended> StopAsync() => _ended ??= await stop();

    public async ValueTask DisposeAsync()
    {
        Http.Dispose();
        await StopAsync();
    }
}
