using SpotifyEtl.Local.Tests.CommandLine;
using SpotifyEtl.Local.Tests.Telemetry;

namespace SpotifyEtl.Local.Tests.Lake;

/// <summary>How often the real program calls a lake in a folder, as it counts that itself.</summary>
public sealed class LakeCallsTests
{
    private static readonly string[] s_operations = ["list", "find", "read", "write", "copy", "delete"];

    [Fact]
    public async Task A_further_run_of_one_file_makes_as_many_calls_whatever_its_month_holds()
    {
        var few = CallsOfOneMoreAsync(held: 2);
        var many = CallsOfOneMoreAsync(held: 70);

        Assert.Equal(await few, await many);
        Assert.All(await few, calls => Assert.InRange(calls, 1, 100));
    }

    // Crawls, verification and report are part of the run.
    private static async Task<IReadOnlyList<double>> CallsOfOneMoreAsync(int held)
    {
        using SpotifyEtlProgram program = new();
        foreach (var number in Enumerable.Range(0, held))
        {
            program.Write($"raw/{number:000}_20260105T060000Z.json", RawFile.Page($"s{number}x", 2));
        }

        var first = await program.RunAsync("run", "--raw", "raw");
        Assert.True(first.ExitCode == 0, first.Errors);
        await using var receiver = await OtlpReceiver.StartAsync();
        receiver.Configure(program.Settings);
        program.Write("more/more_20260106T060000Z.json", RawFile.Page("more", 2));

        var run = await program.RunAsync("run", "--raw", "more");

        Assert.True(run.ExitCode == 0, run.Errors);
        Assert.Contains("The report is in", run.Output, StringComparison.Ordinal);
        Assert.Contains(" written", run.Output, StringComparison.Ordinal);
        return [.. s_operations.Select(operation => receiver.Value("spotify_etl.lake.calls", operation))];
    }
}
