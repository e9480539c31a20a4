using System.Diagnostics;

namespace Benchmarks.Soak.Chaos;

/// <summary>Rounds of kills, a line each.</summary>
internal sealed class ChaosSoak(SoakOptions options, TextWriter output)
{
    private const int MostAttempts = 10;

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
            rounds++;
            var seed = options.Seed + i;
            var roundKills = seed % 4 == 0 ? RoundOfWorkers(i + 1, seed) : Round(i + 1, seed);
            failed += roundKills is null ? 1 : 0;
            kills += roundKills ?? 0;
        }

        output.WriteLine($"chaos: {rounds - failed} of {rounds} rounds right, {kills} kills, {Stopwatch.GetElapsedTime(start).TotalSeconds:0} s");
        return failed == 0 ? 0 : 1;
    }

    // Every fourth seed kills workers and not hosts.
    private int? RoundOfWorkers(int number, int seed)
    {
        var start = Stopwatch.GetTimestamp();
        ChaosFolder folder = new(Directory.CreateTempSubdirectory($"chaos-{seed}-").FullName);
        WorkerRound round = new(seed, folder);
        try
        {
            round.Run();
        }
        catch (Exception exception) when (exception is ChaosException or Microsoft.Data.Sqlite.SqliteException or System.Text.Json.JsonException)
        {
            output.WriteLine($"round {number} seed {seed}: FAILED after {round.Kills} kills of the worker: {exception.Message}");
            output.WriteLine($"  its state is kept in {folder.Path}; again: soak chaos --rounds 1 --seed {seed}");
            return null;
        }

        Directory.Delete(folder.Path, recursive: true);
        output.WriteLine($"round {number} seed {seed}: ok, {round.Kills} kills of the worker, {Stopwatch.GetElapsedTime(start).TotalSeconds:0.0} s");
        return round.Kills;
    }

    // A host that had done its work before the moment of its kill proves nothing: the round is begun again, with other moments.
    private int? Round(int number, int seed)
    {
        var start = Stopwatch.GetTimestamp();
        for (var attempt = 1; attempt <= MostAttempts; attempt++)
        {
            ChaosFolder folder = new(Directory.CreateTempSubdirectory($"chaos-{seed}-").FullName);
            ChaosRound round = new(seed, attempt, folder);
            try
            {
                round.Run(_life);
            }
            catch (Exception exception) when (exception is ChaosException or Microsoft.Data.Sqlite.SqliteException or System.Text.Json.JsonException)
            {
                output.WriteLine($"round {number} seed {seed}: FAILED after {round.Kills.Count} kills ({string.Join(' ', round.Kills)}): {exception.Message}");
                output.WriteLine($"  its state is kept in {folder.Path}; again: soak chaos --rounds 1 --seed {seed}");
                return null;
            }

            _life = round.LastLife;
            Directory.Delete(folder.Path, recursive: true);
            if (round.Kills.Count > 0)
            {
                output.WriteLine(
                    $"round {number} seed {seed}: ok, {round.Kills.Count} kills ({string.Join(' ', round.Kills)}), "
                    + $"{Stopwatch.GetElapsedTime(start).TotalSeconds:0.0} s");
                return round.Kills.Count;
            }
        }

        output.WriteLine($"round {number} seed {seed}: FAILED: the host had ended before each of {MostAttempts} kills");
        return null;
    }
}
