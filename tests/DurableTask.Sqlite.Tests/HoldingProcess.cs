using System.Diagnostics;
using System.Runtime.CompilerServices;
using DurableTask.Core;

namespace DurableTask.Sqlite.Tests;

/// <summary>Another process that holds a file, with one committed instance in it, until it is killed or this one ends.</summary>
internal sealed class HoldingProcess : IDisposable
{
    private const string Database = "DURABLETASK_SQLITE_TESTS_HOLD";

    private readonly Process _process;

    private HoldingProcess(Process process) => _process = process;

    public int Id => _process.Id;

    /// <summary>Starts one, and waits until it holds the file.</summary>
    public static async Task<HoldingProcess> StartAsync(string path, CancellationToken cancellationToken)
    {
        // The same program: it is either an executable of its own or run by dotnet.
        var program = Environment.ProcessPath!;
        ProcessStartInfo start = new(program) { UseShellExecute = false, RedirectStandardInput = true, RedirectStandardOutput = true };
        if (Path.GetFileNameWithoutExtension(program) == "dotnet")
        {
            start.ArgumentList.Add("exec");
            start.ArgumentList.Add(typeof(HoldingProcess).Assembly.Location);
        }

        start.Environment[Database] = path;
        HoldingProcess started = new(Process.Start(start)!);
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
        if (Environment.GetEnvironmentVariable(Database) is not { Length: > 0 } path)
        {
            return;
        }

        using SqliteOrchestrationService service = new(new SqliteOrchestrationServiceOptions(path));
        new TaskHubClient(service).CreateOrchestrationInstanceAsync("Any", "", "committed", null).GetAwaiter().GetResult();
        Console.Out.WriteLine("held");
        Console.In.ReadToEnd();
        Environment.Exit(0);
    }
}
