using System.Globalization;
using Benchmarks;
using Benchmarks.Local;
using Benchmarks.Soak;
using Benchmarks.Soak.Chaos;
using Benchmarks.Transform;

switch (args)
{
    case ["engine"]:
        await EngineBenchmark.RunAsync();
        return 0;
    case ["store"]:
        await StoreBenchmark.RunAsync();
        return 0;
    case ["local"]:
        await FolderBenchmark.RunAsync();
        await RunListBenchmark.RunAsync();
        return 0;
    case ["transform"] or ["transform", "--large"]:
        await TransformBenchmark.RunAsync(large: args.Length > 1);
        return 0;
    case [TransformPeak.Verb, var megabytes]:
        await TransformPeak.RunAsync(int.Parse(megabytes, CultureInfo.InvariantCulture));
        return 0;
    case ["run"] or ["run", "--large"]:
        await RunBenchmark.RunAsync(large: args.Length > 1);
        return 0;
    case ["lake"] or ["lake", "--one-month"] or ["lake", "--distinct"]:
        await ManyFilesBenchmark.RunInFolderAsync(oneMonth: args.Contains("--one-month"), distinct: args.Contains("--distinct"));
        return 0;
    case ["plays"] or ["plays", "--unordered"] or ["plays", "--one-file"]:
        await PlaysBenchmark.RunAsync(unordered: args.Contains("--unordered"), oneFile: args.Contains("--one-file"));
        return 0;
    case ["results"]:
        await ResultsBenchmark.RunAsync();
        return 0;
    case ["s3"]:
        await ManyFilesBenchmark.RunOnS3Async();
        await LargeObjectBenchmark.RunAsync(megabytes: 2048);
        return 0;
    case [LoopbackBucket.ServerVerb, var milliseconds]:
        await LoopbackBucket.ServeAsync(TimeSpan.FromMilliseconds(double.Parse(milliseconds, CultureInfo.InvariantCulture)));
        return 0;
    case ["soak", .. var soak]:
        return await Soaks.RunAsync(soak);
    case [ChaosHost.ParentVerb, var folder, var seed]:
        return await ChaosHost.RunParentAsync(folder, int.Parse(seed, CultureInfo.InvariantCulture));
    case [ChaosWorker.Verb, var folder]:
        return await ChaosWorker.RunAsync(folder);
    case [ChaosHost.Verb, var folder, var seed, var life]:
        return await ChaosHost.RunAsync(folder, int.Parse(seed, CultureInfo.InvariantCulture), int.Parse(life, CultureInfo.InvariantCulture));
    default:
        Console.Error.WriteLine("""
            Usage: dotnet run -c Release --project tests/Benchmarks -- engine | store | transform [--large] | run [--large]
              | lake [--one-month | --distinct] | plays [--unordered | --one-file] | results | s3 | local | soak NAME

              engine     the embedded host: worker protocol, fan-out, one after another, sub-orchestrations
              store      the SQLite store by itself: replay without sessions, finding among 40,000 instances, opening them
              transform  a raw file of 400 MB beside an empty pass of a JSON reader, and a thousand small files;
                         --large: one of 1.2 GB too, for the memory that a further id costs
              run        the whole `run --raw` of a file of 400 MB, start to exit, beside that pass, and the demo's; --large: of 1.2 GB instead
              lake       the program over many raw files in a folder: 1,000 into an empty lake, and a lake of 10,000, asked, reported on and added to;
                         --one-month: the 10,000 are all of one month; --distinct: no song is in two of them
              plays      the program over a million plays of a streaming history, loaded and asked; --unordered: every file has plays of all years;
                         --one-file: all in one
              results    a query that returns a million rows, in each format: time and peak memory
              s3         1,000 raw files into a bucket (a server on loopback) whose calls take 30 ms; 2 GB up, moved and down again
              local      a lake in a folder: listing 10,000 files, queries over 1,000; the run monitor's list of 10,000 runs
              soak       the long tests: soak --help names them

            A benchmark prints one JSON object a line: name, value, unit, and what it should be (atLeast, atMost). Compare the figures of one run on one machine.
            """);
        return 2;
}
