using System.Diagnostics;
using System.Text;

namespace SpotifyEtl.Local.Tests.CommandLine;

/// <summary>The shell of <c>query</c> at a pseudo-terminal, which util-linux' <c>script</c> makes.</summary>
public sealed class QueryAtTerminalTests
{
    private const string Endless =
        "SELECT count(*) FROM UNNEST(sequence(1, 9999)) a(x), UNNEST(sequence(1, 9999)) b(y), UNNEST(sequence(1, 9999)) c(z) WHERE x * y + z < 0;";

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("xterm")]
    [InlineData("dumb")]
    public async Task Ctrl_C_stops_what_runs_and_Ctrl_D_leaves(string terminal)
    {
        using SpotifyEtlProgram program = new();
        program.Write("raw/a.json", RawFile.Page("s", 3));
        await program.RunAsync("run", "--raw", "raw");
        using var script = Start(program, terminal);
        StringBuilder seen = new();

        await UntilAsync(script, seen, "sql> ");
        await TypeAsync(script, Endless + "\r");
        await UntilAsync(script, seen, "z < 0;");
        await Task.Delay(TimeSpan.FromSeconds(1), TimeProvider.System, Cancellation);
        await TypeAsync(script, "\u0003");
        var asked = Stopwatch.GetTimestamp();
        await UntilAsync(script, seen, "Stopped: the statement was not answered to its end.");
        var took = Stopwatch.GetElapsedTime(asked);
        await UntilAsync(script, seen, "sql> ");
        await TypeAsync(script, "SELECT 40 + 2 AS answer;\r");
        await UntilAsync(script, seen, "(1 row)");
        await UntilAsync(script, seen, "sql> ");
        await TypeAsync(script, "\u0004");
        await script.WaitForExitAsync(Cancellation).WaitAsync(TimeSpan.FromSeconds(30), Cancellation);

        Assert.Equal(0, script.ExitCode);
        // Two seconds, and what a busy machine adds.
        Assert.True(took < TimeSpan.FromSeconds(4), $"It took {took}.");
        Assert.Contains("42", seen.ToString(), StringComparison.Ordinal);
    }

    private static Process Start(SpotifyEtlProgram program, string terminal)
    {
        var command = $"stty cols 60 rows 20; exec dotnet '{Path.Combine(SpotifyEtlProgram.ProgramFolder, "spotify-etl.dll")}' query";
        ProcessStartInfo start = new("script", ["-qec", command, "/dev/null"])
        {
            WorkingDirectory = program.Folder,
            UseShellExecute = false,
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            StandardOutputEncoding = Encoding.UTF8,
        };
        start.Environment["TERM"] = terminal;
        foreach (var name in start.Environment.Keys.Where(name => name.Contains("__", StringComparison.Ordinal)).ToList())
        {
            start.Environment.Remove(name);
        }

        return Process.Start(start)!;
    }

    private static async Task TypeAsync(Process script, string text)
    {
        await script.StandardInput.WriteAsync(text);
        await script.StandardInput.FlushAsync(Cancellation);
    }

    // What was waited for before is not looked at again.
    private static async Task UntilAsync(Process script, StringBuilder seen, string text)
    {
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(Cancellation);
        patience.CancelAfter(TimeSpan.FromSeconds(60));
        StringBuilder since = new();
        var buffer = new char[1];
        while (!since.ToString().Contains(text, StringComparison.Ordinal))
        {
            try
            {
                if (await script.StandardOutput.ReadAsync(buffer, patience.Token) == 0)
                {
                    break;
                }
            }
            catch (OperationCanceledException) when (!Cancellation.IsCancellationRequested)
            {
                break;
            }

            since.Append(buffer[0]);
            seen.Append(buffer[0]);
        }

        Assert.Contains(text, since.ToString(), StringComparison.Ordinal);
    }
}
