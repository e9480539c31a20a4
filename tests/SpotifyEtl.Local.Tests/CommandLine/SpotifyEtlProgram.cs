using System.Diagnostics;
using System.Globalization;
using System.Reflection;
using System.Text;
using System.Text.RegularExpressions;
using SpotifyEtl.Local.Tests.Interactive;

namespace SpotifyEtl.Local.Tests.CommandLine;

/// <summary>
/// The program in a working folder of its own, without settings from the environment: called within this process, or, to be killed or
/// measured, as a process of its own.
/// </summary>
internal sealed class SpotifyEtlProgram : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("spotify-etl-");

    /// <summary>Where the build leaves the program.</summary>
    public static string ProgramFolder { get; } = Path.GetFullPath(
        typeof(SpotifyEtlProgram).Assembly.GetCustomAttributes<AssemblyMetadataAttribute>().Single(attribute => attribute.Key == nameof(ProgramFolder)).Value!);

    public string Folder => _folder.FullName;

    public string Lake => Path.Combine(Folder, "lake", "spotify-etl-project-demo");

    public string DemoLake => Path.Combine(Folder, "lake", "demo");

    public Dictionary<string, string> Settings { get; } = new(StringComparer.Ordinal);

    public string PathOf(string relative) => Path.Combine(Folder, relative);

    /// <summary>Writes a file into the working folder and gives its path.</summary>
    public string Write(string relative, string text)
    {
        var path = PathOf(relative);
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        File.WriteAllText(path, text);
        return path;
    }

    // What libraries read from the environment by themselves, such as AWS_REGION, cannot be given to a part of this process.
    private bool MustBeProcess => Settings.Keys.Any(name => name != "Schedule" && !name.Contains("__", StringComparison.Ordinal));

    /// <summary>Runs to the end.</summary>
    public async Task<Ended> RunAsync(params string[] arguments)
    {
        if (MustBeProcess)
        {
            return await RunProcessAsync(arguments);
        }

        using InProcess program = new(Folder, Settings, arguments);
        return await program.EndAsync();
    }

    /// <summary>Runs to the end with a text piped in.</summary>
    public async Task<Ended> PipeAsync(string input, params string[] arguments)
    {
        using InProcess program = new(Folder, Settings, arguments, new StringReader(input));
        return await program.EndAsync();
    }

    /// <summary>Runs to the end at a terminal that cannot be drawn on, with lines typed.</summary>
    public async Task<Ended> TypeAsync(string lines, params string[] arguments)
    {
        using InProcess program = new(Folder, Settings, arguments, new StringReader(lines), new ScriptedKeys());
        return await program.EndAsync();
    }

    /// <summary>Runs to the end in a process of its own.</summary>
    public async Task<Ended> RunProcessAsync(params string[] arguments)
    {
        using var process = Start(arguments);
        var output = process.StandardOutput.ReadToEndAsync(TestContext.Current.CancellationToken);
        var errors = process.StandardError.ReadToEndAsync(TestContext.Current.CancellationToken);
        await process.WaitForExitAsync(TestContext.Current.CancellationToken);
        return new Ended(process.ExitCode, await output, await errors);
    }

    /// <summary>Runs to the end, with each line of its output shown to a watcher as it comes.</summary>
    public async Task<Ended> WatchAsync(Func<string, Task> watch, params string[] arguments)
    {
        using InProcess program = new(Folder, Settings, arguments);
        StringBuilder output = new();
        while (await program.ReadLineAsync() is { } line)
        {
            output.AppendLine(line);
            await watch(line);
        }

        return await program.EndAsync() with { Output = output.ToString() };
    }

    /// <summary>Runs to the end and tells the most memory that it held, in bytes; 0 where the system does not say.</summary>
    public async Task<(Ended Ended, long PeakBytes)> MeasureAsync(params string[] arguments)
    {
        using var process = Start(arguments);
        var output = process.StandardOutput.ReadToEndAsync(TestContext.Current.CancellationToken);
        var errors = process.StandardError.ReadToEndAsync(TestContext.Current.CancellationToken);
        var end = process.WaitForExitAsync(TestContext.Current.CancellationToken);
        var peak = 0L;
        using PeriodicTimer poll = new(TimeSpan.FromMilliseconds(20));
        while (!end.IsCompleted)
        {
            peak = Math.Max(peak, PeakOf(process.Id));
            await poll.WaitForNextTickAsync(TestContext.Current.CancellationToken);
        }

        await end;
        return (new Ended(process.ExitCode, await output, await errors), peak);
    }

    /// <summary>Starts, and kills with SIGKILL after a time, if it has not ended by then.</summary>
    public async Task KillAsync(TimeSpan after, params string[] arguments)
    {
        using var process = Start(arguments);
        var output = process.StandardOutput.ReadToEndAsync(TestContext.Current.CancellationToken);
        var errors = process.StandardError.ReadToEndAsync(TestContext.Current.CancellationToken);
        try
        {
            await process.WaitForExitAsync(TestContext.Current.CancellationToken).WaitAsync(after);
        }
        catch (TimeoutException)
        {
            process.Kill();
            await process.WaitForExitAsync(TestContext.Current.CancellationToken);
        }

        await Task.WhenAll(output, errors);
    }

    /// <summary>Starts <c>serve</c> on a free port and waits until it listens.</summary>
    public async Task<ServingProgram> ServeAsync(params string[] arguments)
    {
        string[] serve = ["serve", "--port", "0", .. arguments];
        if (MustBeProcess)
        {
            return await ServeProcessAsync(serve);
        }

        InProcess program = new(Folder, new Dictionary<string, string>(Settings), serve);
        return AddressIn(await program.ReadLineAsync()) is { } url
            ? new ServingProgram(url, program.StopAsync)
            : throw new InvalidOperationException($"serve ended: {await program.EndAsync()}");
    }

    // It is stopped as service managers do.
    private async Task<ServingProgram> ServeProcessAsync(string[] arguments)
    {
        var process = Start(arguments);
        var errors = process.StandardError.ReadToEndAsync(TestContext.Current.CancellationToken);
        var line = await process.StandardOutput.ReadLineAsync(TestContext.Current.CancellationToken);
        return AddressIn(line) is { } url
            ? new ServingProgram(url, StopAsync)
            : throw new InvalidOperationException($"serve said '{line}' and: {await errors}");

        async Task<Ended> StopAsync()
        {
            using var ended = process;
            var output = process.StandardOutput.ReadToEndAsync(TestContext.Current.CancellationToken);
            using (var kill = Process.Start("kill", ["-TERM", process.Id.ToString(CultureInfo.InvariantCulture)]))
            {
                await kill.WaitForExitAsync(TestContext.Current.CancellationToken);
            }

            await process.WaitForExitAsync(TestContext.Current.CancellationToken);
            return new Ended(process.ExitCode, await output, await errors);
        }
    }

    /// <summary>Every file of a lake folder by its relative path, run_data and the catalog aside.</summary>
    public static SortedDictionary<string, string> Contents(string lake)
    {
        SortedDictionary<string, string> contents = new(StringComparer.Ordinal);
        foreach (var path in Directory.EnumerateFiles(lake, "*", SearchOption.AllDirectories))
        {
            var key = Path.GetRelativePath(lake, path).Replace('\\', '/');
            if (!key.StartsWith("run_data/", StringComparison.Ordinal) && !key.StartsWith('.'))
            {
                contents.Add(key, Convert.ToHexString(System.Security.Cryptography.SHA256.HashData(File.ReadAllBytes(path))));
            }
        }

        return contents;
    }

    public void Dispose() => _folder.Delete(recursive: true);

    private static Uri? AddressIn(string? line) => line?.Split(' ', ';') is ["Listening", "on", var url, ..] ? new Uri(url) : null;

    private static long PeakOf(int processId)
    {
        try
        {
            var line = File.ReadLines($"/proc/{processId}/status").FirstOrDefault(text => text.StartsWith("VmHWM:", StringComparison.Ordinal));
            return line is null ? 0 : long.Parse(line.Split(' ', StringSplitOptions.RemoveEmptyEntries)[1], CultureInfo.InvariantCulture) * 1024;
        }
        catch (IOException)
        {
            return 0;
        }
    }

    public Process Start(params string[] arguments)
    {
        ProcessStartInfo start = new("dotnet")
        {
            UseShellExecute = false,
            WorkingDirectory = Folder,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            StandardOutputEncoding = Encoding.UTF8,
            StandardErrorEncoding = Encoding.UTF8,
        };
        foreach (var name in start.Environment.Keys.Where(name => name.Contains("__", StringComparison.Ordinal)).ToList())
        {
            start.Environment.Remove(name);
        }

        foreach (var (name, value) in Settings)
        {
            start.Environment[name] = value;
        }

        start.ArgumentList.Add(Path.Combine(ProgramFolder, "spotify-etl.dll"));
        foreach (var argument in arguments)
        {
            start.ArgumentList.Add(argument);
        }

        return Process.Start(start)!;
    }
}

/// <summary>How the program ended.</summary>
internal sealed partial record Ended(int ExitCode, string Output, string Errors)
{
    /// <summary>What it said on stderr beside how far a slow run is.</summary>
    public string Complaints => ProgressLine().Replace(Errors, "");

    [GeneratedRegex(
        "^Run [^ ]+: (extract|transform|months|crawl|verify|record) [0-9]+ of .*\n",
        RegexOptions.Multiline | RegexOptions.ExplicitCapture,
        matchTimeoutMilliseconds: 1000)]
    private static partial Regex ProgressLine();
}
