using Benchmarks.Soak.Chaos;
using Benchmarks.Soak.Fuzz;
using Benchmarks.Soak.Server;

namespace Benchmarks.Soak;

/// <summary>The long tests, by name.</summary>
internal static class Soaks
{
    public const string Usage = """
        Usage: dotnet run -c Release --project tests/Benchmarks -- soak NAME [--seed N] [--rounds N] [--seconds N]

          chaos   kills a real host process at random points of a workload, starts it again until all is done, and
                  checks from outside that nothing is lost and nothing happened twice; in every fourth round it is the
                  host's child worker that is killed (200 rounds)
          fuzz    damages raw files of every shape, transforms them and checks that each gives sound tables or a
                  defect; and fills lakes and folders with files of any name, loads them and checks that none is lost
                  or stands in a run's way (1,000 rounds of 10,000 inputs and, on Linux, 20 folders)
          server  runs, one after another, in one server, every thousandth of 50 playlists: all must end well, memory must
                  stay, and a purge must leave nothing (5,000 runs)
          disk    a server whose disk fills while runs are at work, and has room again: each run must end, the next one
                  load, and the lake be whole (20 rounds; Linux and root, for a small disk to be mounted)
          clock   a server whose clock is set back while runs are at work (50 rounds; with libfaketime)

        One line a round and a summary. Exit code 1 when a round fails; its state folder, or its input, is then kept and
        named. --seed repeats a case: the line of a round names the seed of that round alone. --seconds: no round begins
        after so long.
        """;

    /// <summary>Runs the soak that the arguments name.</summary>
    /// <returns>The exit code.</returns>
    public static async Task<int> RunAsync(string[] arguments)
    {
        try
        {
            switch (arguments)
            {
                case ["chaos", .. var options]:
                    return new ChaosSoak(SoakOptions.Parse(options, defaultRounds: 200), Console.Out).Run();
                case ["fuzz", .. var options]:
                    return new FuzzSoak(SoakOptions.Parse(options, defaultRounds: 1000), Console.Out).Run();
                case ["server", .. var options]:
                    return await new ServerSoak(SoakOptions.Parse(options, defaultRounds: 5000), Console.Out).RunAsync();
                case ["disk", .. var options]:
                    return await new DiskSoak(SoakOptions.Parse(options, defaultRounds: 20), Console.Out).RunAsync();
                case ["clock", .. var options]:
                    return await new ClockSoak(SoakOptions.Parse(options, defaultRounds: 50), Console.Out).RunAsync();
                case ["--help"]:
                    Console.WriteLine(Usage);
                    return 0;
                default:
                    Console.Error.WriteLine(Usage);
                    return 2;
            }
        }
        catch (MissingToolException exception)
        {
            Console.Error.WriteLine(exception.Message);
            return 1;
        }
        catch (FormatException exception)
        {
            Console.Error.WriteLine(exception.Message);
            Console.Error.WriteLine(Usage);
            return 2;
        }
    }
}
