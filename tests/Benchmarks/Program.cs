using Benchmarks;

switch (args)
{
    case ["engine"]:
        await EngineBenchmark.RunAsync();
        return 0;
    case ["lake", var size]:
        await LakeBenchmark.RunAsync(long.Parse(size, System.Globalization.CultureInfo.InvariantCulture));
        return 0;
    case ["lake"]:
        await LakeBenchmark.RunAsync(megabytes: 2048);
        return 0;
    case ["lake-server"]:
        await LakeBenchmark.ServeAsync();
        return 0;
    default:
        Console.Error.WriteLine("""
            Usage: dotnet run -c Release --project tests/Benchmarks -- engine | lake

              engine   the embedded engine: fan-out, one after another, sub-orchestrations, replay
              lake     2 GB up to S3 (a server on loopback), moved and down again, and the memory that takes

            Each prints one JSON object a line: name, value, unit. Compare the figures of one run on one machine.
            """);
        return 2;
}
