using Benchmarks;

switch (args)
{
    case ["engine"]:
        await EngineBenchmark.RunAsync();
        return 0;
    default:
        Console.Error.WriteLine("""
            Usage: dotnet run -c Release --project tests/Benchmarks -- engine

              engine   the embedded engine: fan-out, one after another, sub-orchestrations, replay

            Each prints one JSON object a line: name, value, unit. Compare the figures of one run on one machine.
            """);
        return 2;
}
