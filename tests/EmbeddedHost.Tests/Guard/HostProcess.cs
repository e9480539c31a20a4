using System.Diagnostics;
using System.Runtime.CompilerServices;
using EmbeddedHost.Engine;
using EmbeddedHost.Store;

namespace EmbeddedHost.Tests.Guard;

/// <summary>Another process that holds a state folder, with one committed instance in it, until it is killed or this one ends.</summary>
internal sealed class HostProcess : IDisposable
{
    private const string Folder = "EMBEDDED_HOST_TESTS_HOLD";

    private readonly Process _process;

    private HostProcess(Process process) => _process = process;

    public int Id => _process.Id;

    /// <summary>Starts one, and waits until it holds the folder.</summary>
    public static async Task<HostProcess> StartAsync(string folder, CancellationToken cancellationToken)
    {
        // The same program: it is either an executable of its own or run by dotnet.
        var program = Environment.ProcessPath!;
        ProcessStartInfo start = new(program) { UseShellExecute = false, RedirectStandardInput = true, RedirectStandardOutput = true };
        if (Path.GetFileNameWithoutExtension(program) == "dotnet")
        {
            start.ArgumentList.Add("exec");
            start.ArgumentList.Add(typeof(HostProcess).Assembly.Location);
        }

        start.Environment[Folder] = folder;
        HostProcess started = new(Process.Start(start)!);
        Assert.Equal("held", await started._process.StandardOutput.ReadLineAsync(cancellationToken));
        return started;
    }

    /// <summary>Ends it as kill -9 does.</summary>
    public async Task KillAsync(CancellationToken cancellationToken)
    {
        _process.Kill();
        await _process.WaitForExitAsync(cancellationToken);
    }

    public void Dispose()
    {
        _process.Kill();
        _process.Dispose();
    }

    [ModuleInitializer]
    internal static void HoldIfAsked()
    {
        if (Environment.GetEnvironmentVariable(Folder) is not { Length: > 0 } path)
        {
            return;
        }

        using var folder = StateFolder.Take(path, TimeProvider.System);
        using var store = HistoryStore.Open(folder.StorePath);
        store.WriteAsync(writer => writer.AddInstance(
            new OrchestrationInstance("committed", "e", "Name", "", null, null, null, null), TimeProvider.System.GetUtcNow().UtcDateTime)).GetAwaiter().GetResult();
        folder.Announce(new Uri("http://127.0.0.1:7071"));
        Console.Out.WriteLine("held");
        Console.In.ReadToEnd();
        Environment.Exit(0);
    }
}
