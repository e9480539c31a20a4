using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Text;
using SpotifyEtl.Local.Tests.Catalog;

namespace SpotifyEtl.Local.Tests.CommandLine;

/// <summary>Ctrl+C and SIGTERM.</summary>
public sealed class StopTests
{
    // Two seconds, and what a busy machine adds.
    private static readonly TimeSpan s_soon = TimeSpan.FromSeconds(4);

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_query_that_computes_ends_soon_after_Ctrl_C_and_speaks_of_no_run()
    {
        using var program = await LoadedAsync();
        using var query = program.Start("query", $"SELECT count(*) FROM ({ManyRows.Sql}) WHERE n % 7 = 3");
        await WorksAsync(query);

        var (ended, took) = await SignalAsync(query, "INT");

        Assert.Equal((1, "Stopped: the query was not answered to its end.\n"), (ended.ExitCode, ended.Errors));
        Assert.True(took < s_soon, $"It took {took}.");
    }

    [Theory]
    [InlineData("csv")]
    [InlineData("json")]
    [InlineData("table")]
    public async Task A_query_whose_rows_are_being_written_ends_soon_after_Ctrl_C(string format)
    {
        using var program = await LoadedAsync();
        using var query = program.Start("query", $"SELECT n, 'a text' AS text FROM ({ManyRows.Sql})", "--format", format);
        await query.StandardOutput.ReadLineAsync(Cancellation);

        // Nobody reads on: the writing stands still.
        await SignalOnlyAsync(query, "INT");
        var took = await EndAsync(query);

        Assert.NotEqual(0, query.ExitCode);
        Assert.True(took < s_soon, $"It took {took}.");
    }

    [Fact]
    public async Task A_second_Ctrl_C_ends_a_run_that_cannot_end()
    {
        using SpotifyEtlProgram program = new();
        using SilentServer spotify = new();
        spotify.HoldUp(program);
        using var run = program.Start("run");
        await spotify.CalledAsync();
        await SignalOnlyAsync(run, "STOP");
        await SignalOnlyAsync(run, "INT");
        await SignalOnlyAsync(run, "CONT");
        await SignalOnlyAsync(run, "INT");
        var start = Stopwatch.GetTimestamp();
        while (!run.HasExited && Stopwatch.GetElapsedTime(start) < s_soon)
        {
            await SignalOnlyAsync(run, "INT");
        }

        var took = await EndAsync(run);

        Assert.True(took < s_soon, $"It took {took}.");
    }

    [Fact]
    public async Task SIGTERM_ends_a_run_that_reads_a_body_which_never_comes()
    {
        using SpotifyEtlProgram program = new();
        using TcpListener listener = new(IPAddress.Loopback, 0);
        listener.Start();
        SilentServer.HoldUp(program, listener.LocalEndpoint);
        using var run = program.Start("run");
        using var client = await listener.AcceptTcpClientAsync(Cancellation);
        await client.GetStream().WriteAsync(
            Encoding.ASCII.GetBytes("HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: 1000\r\n\r\n{\"access"), Cancellation);
        await WorksAsync(run);

        var (ended, took) = await SignalAsync(run, "TERM");

        Assert.Equal((1, "Interrupted: the same command goes on where this one stopped.\n"), (ended.ExitCode, ended.Errors));
        Assert.True(took < TimeSpan.FromSeconds(25), $"It took {took}.");
    }

    private static async Task<SpotifyEtlProgram> LoadedAsync()
    {
        SpotifyEtlProgram program = new();
        program.Write("raw/a.json", RawFile.Page("s", 3));
        Assert.Equal(0, (await program.RunAsync("run", "--raw", "raw")).ExitCode);
        return program;
    }

    // Its start takes less.
    private static async Task WorksAsync(Process process)
    {
        using PeriodicTimer poll = new(TimeSpan.FromMilliseconds(20));
        while (process.TotalProcessorTime < TimeSpan.FromSeconds(2) && !process.HasExited)
        {
            await poll.WaitForNextTickAsync(Cancellation);
            process.Refresh();
        }
    }

    private static async Task<(Ended Ended, TimeSpan Took)> SignalAsync(Process process, string signal)
    {
        var output = process.StandardOutput.ReadToEndAsync(Cancellation);
        var errors = process.StandardError.ReadToEndAsync(Cancellation);
        await SignalOnlyAsync(process, signal);
        var took = await EndAsync(process);
        return (new Ended(process.ExitCode, await output, await errors), took);
    }

    private static async Task<TimeSpan> EndAsync(Process process)
    {
        var start = Stopwatch.GetTimestamp();
        try
        {
            await process.WaitForExitAsync(Cancellation).WaitAsync(TimeSpan.FromSeconds(60));
        }
        finally
        {
            process.Kill();
        }

        return Stopwatch.GetElapsedTime(start);
    }

    private static async Task SignalOnlyAsync(Process process, string signal)
    {
        using var kill = Process.Start("kill", ["-" + signal, process.Id.ToString(CultureInfo.InvariantCulture)]);
        await kill.WaitForExitAsync(Cancellation);
    }
}
