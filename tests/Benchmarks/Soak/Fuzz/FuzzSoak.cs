using System.Collections.Concurrent;
using System.Diagnostics;

namespace Benchmarks.Soak.Fuzz;

/// <summary>Rounds of damaged raw files, and of folders of names, on all processors. An input that fails or hangs is kept and named.</summary>
internal sealed class FuzzSoak(SoakOptions options, TextWriter output)
{
    private const int InputsPerRound = 10_000;
    private const int FoldersPerRound = 20;

    // Far longer than an input of 16 KB takes on a machine that does much else.
    private static readonly TimeSpan s_hang = TimeSpan.FromSeconds(60);

    private readonly Lock _gate = new();
    private int _rounds;
    private int _failed;

    /// <returns>The exit code: 1 when an input failed.</returns>
    public int Run()
    {
        var start = Stopwatch.GetTimestamp();
        output.WriteLine($"fuzz: {options.Rounds} rounds of {InputsPerRound} inputs and {FoldersPerRound} folders from seed {options.Seed}");
        var seeds = Enumerable.Range(options.Seed, options.Rounds).TakeWhile(_ => !(Stopwatch.GetElapsedTime(start).TotalSeconds > options.Seconds));
        Parallel.ForEach(
            Partitioner.Create(seeds, EnumerablePartitionerOptions.NoBuffering),
            new ParallelOptions { MaxDegreeOfParallelism = Environment.ProcessorCount },
            RunRound);
        var elapsed = Stopwatch.GetElapsedTime(start).TotalSeconds;
        output.WriteLine(
            $"fuzz: {_rounds - _failed} of {_rounds} rounds right, {(long)_rounds * InputsPerRound} inputs, "
            + $"{elapsed:0} s, {_rounds * (double)InputsPerRound / elapsed:0} inputs/s");
        return _failed == 0 ? 0 : 1;
    }

    private void RunRound(int seed)
    {
        Mutator mutator = new((ulong)seed);
        FuzzCheck check = new();
        byte[] input = [];
        string? failure = null;
        using Timer watch = new(_ => Abandon(seed, input));
        try
        {
            for (var number = 0; number < InputsPerRound; number++)
            {
                input = mutator.Next();
                watch.Change(s_hang, Timeout.InfiniteTimeSpan);
                check.RunAsync(input, number).GetAwaiter().GetResult();
            }

            for (var number = 0; number < FoldersPerRound && OperatingSystem.IsLinux(); number++)
            {
                watch.Change(s_hang, Timeout.InfiniteTimeSpan);
                CheckNamesAsync(seed, number).GetAwaiter().GetResult();
            }
        }
        catch (FuzzException exception)
        {
            failure = exception.Message;
        }

        lock (_gate)
        {
            _rounds++;
            _failed += failure is null ? 0 : 1;
            output.WriteLine(
                failure is null ? $"round {_rounds} seed {seed}: ok" : $"round {_rounds} seed {seed}: FAILED: {failure}; the input is {Keep(seed, input)}");
        }
    }

    private static async Task CheckNamesAsync(int seed, int number)
    {
        var folder = Path.Combine(Path.GetTempPath(), $"fuzz-{seed}-{number}");
        try
        {
            await new NameCheck(folder).RunAsync(((ulong)seed * FoldersPerRound) + (ulong)number);
        }
        catch (FuzzException exception)
        {
            throw new FuzzException($"names: {exception.Message}; the folder is {folder}", exception);
        }

        Directory.Delete(folder, recursive: true);
    }

    // A hanging transform cannot be stopped: the process ends.
    private void Abandon(int seed, byte[] input)
    {
        output.WriteLine($"seed {seed}: FAILED: an input has not ended after {s_hang.TotalSeconds:0} s: {Keep(seed, input)}");
        output.Flush();
        Environment.Exit(1);
    }

    private static string Keep(int seed, byte[] input)
    {
        var path = Path.Combine(Path.GetTempPath(), $"fuzz-{seed}.json");
        File.WriteAllBytes(path, input);
        return path;
    }
}
