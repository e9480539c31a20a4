using System.Diagnostics;

namespace Benchmarks.Soak.Chaos;

/// <summary>Rounds of kills, a line each.</summary>
internal sealed class ChaosSoak(SoakOptions options, TextWriter output)
{
    private TimeSpan _life = TimeSpan.FromMilliseconds(600);

    /// <returns>The exit code: 1 when a round failed.</returns>
    public int Run()
    {
        var start = Stopwatch.GetTimestamp();
        var kills = 0;
        var failed = 0;
        var rounds = 0;
        output.WriteLine($"chaos: {options.Rounds} rounds from seed {options.Seed}");
        for (var i = 0; i < options.Rounds && !(Stopwatch.GetElapsedTime(start).TotalSeconds > options.Seconds); i++)
        {
            var seed = options.Seed + i;
            rounds++;
            ChaosFolder folder = new(Directory.CreateTempSubdirectory($"chaos-{seed}-").FullName);
            ChaosRound round = new(seed, folder);
            var roundStart = Stopwatch.GetTimestamp();
            try
            {
                round.Run(_life);
                _life = round.LastLife;
                Directory.Delete(folder.Path, recursive: true);
                output.WriteLine($"round {i + 1} seed {seed}: ok, {round.Kills.Count} kills ({string.Join(' ', round.Kills)}), {Stopwatch.GetElapsedTime(roundStart).TotalSeconds:0.0} s");
            }
            catch (Exception exception) when (exception is ChaosException or Microsoft.Data.Sqlite.SqliteException or System.Text.Json.JsonException)
            {
                failed++;
                output.WriteLine($"round {i + 1} seed {seed}: FAILED after {round.Kills.Count} kills ({string.Join(' ', round.Kills)}): {exception.Message}");
                output.WriteLine($"  its state is kept in {folder.Path}; again: soak chaos --rounds 1 --seed {seed}");
            }

            kills += round.Kills.Count;
        }

        output.WriteLine($"chaos: {rounds - failed} of {rounds} rounds right, {kills} kills, {Stopwatch.GetElapsedTime(start).TotalSeconds:0} s");
        return failed == 0 ? 0 : 1;
    }
}
