using System.Diagnostics;
using System.Globalization;

namespace SpotifyEtl.Local.Tests.CommandLine;

/// <summary>The program as it serves.</summary>
internal sealed class ServingProcess(Process process, Uri url, Task<string> errors) : IAsyncDisposable
{
    public HttpClient Http { get; } = new() { BaseAddress = url };

    /// <summary>Asks it to stop, as Ctrl+C and service managers do.</summary>
    public async Task<Ended> StopAsync()
    {
        var output = process.StandardOutput.ReadToEndAsync(TestContext.Current.CancellationToken);
        using (var kill = Process.Start("kill", ["-TERM", process.Id.ToString(CultureInfo.InvariantCulture)]))
        {
            await kill.WaitForExitAsync(TestContext.Current.CancellationToken);
        }

        await process.WaitForExitAsync(TestContext.Current.CancellationToken);
        return new Ended(process.ExitCode, await output, await errors);
    }

    public async ValueTask DisposeAsync()
    {
        Http.Dispose();
        if (!process.HasExited)
        {
            process.Kill();
            await process.WaitForExitAsync(CancellationToken.None);
        }

        process.Dispose();
    }
}
