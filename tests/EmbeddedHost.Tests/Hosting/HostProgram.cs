using System.Collections.Concurrent;
using System.Diagnostics;
using System.Text.RegularExpressions;

namespace EmbeddedHost.Tests.Hosting;

/// <summary>The program EmbeddedHost as a process, and what it says.</summary>
internal sealed partial class HostProgram : IDisposable
{
    private const string Terminate = "TERM";
    private const string Interrupt = "INT";

    // Far more than a host takes that lets what runs end: one that was asked to stop and has not by then never will.
    private static readonly TimeSpan s_patience = TimeSpan.FromMinutes(2);

    private readonly Process _process;
    private readonly ConcurrentQueue<string> _said = new();
    private readonly TaskCompletionSource<Uri> _listening = new(TaskCreationOptions.RunContinuationsAsynchronously);

    // Once its host has been killed.
    private Process? _worker;

    private HostProgram(ProcessStartInfo start)
    {
        _process = new Process { StartInfo = start, EnableRaisingEvents = true };
        _process.OutputDataReceived += (_, line) => Hear(line.Data);
        _process.ErrorDataReceived += (_, line) => Hear(line.Data);
        _process.Start();
        _process.BeginOutputReadLine();
        _process.BeginErrorReadLine();
    }

    public static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public IReadOnlyCollection<string> Said => _said;

    public string Text => string.Join('\n', _said);

    /// <summary>The worker's process of late.</summary>
    public int WorkerId => WorkerIds[^1];

    /// <summary>The worker's processes so far.</summary>
    public IReadOnlyList<int> WorkerIds =>
        [.. _said.Select(line => Worker().Match(line)).Where(match => match.Success).Select(match => int.Parse(match.Groups["id"].Value))];

    public HttpClient Http { get; } = new(new SocketsHttpHandler { UseCookies = false, AllowAutoRedirect = false });

    /// <summary>Starts the program and does not wait for anything.</summary>
    public static HostProgram Launch(IEnumerable<string> arguments, IReadOnlyDictionary<string, string>? settings = null)
    {
        ProcessStartInfo start = new(
            Environment.GetEnvironmentVariable("DOTNET_HOST_PATH") ?? "dotnet",
            ["exec", Path.Combine(AppContext.BaseDirectory, "EmbeddedHost.dll"), .. arguments])
        {
            UseShellExecute = false,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            WorkingDirectory = Path.GetTempPath(),
        };
        Dictionary<string, string> environment = new(settings ?? new Dictionary<string, string>());
        environment.TryAdd("DailySchedule", "0 0 6 * * *");
        environment.TryAdd("SlowSchedule", "0 0 0 1 1 *");
        foreach (var (name, value) in environment)
        {
            start.Environment[name] = value;
        }

        return new HostProgram(start);
    }

    /// <summary>Starts it, and waits until it listens.</summary>
    public static async Task<HostProgram> StartAsync(IEnumerable<string> arguments, IReadOnlyDictionary<string, string> settings)
    {
        var program = Launch(arguments, settings);
        try
        {
            program.Http.BaseAddress = await program.UntilListeningAsync();
            return program;
        }
        catch
        {
            program.Dispose();
            throw;
        }
    }

    /// <summary>Waits until it has ended by itself, and gives its exit code.</summary>
    public async Task<int> EndAsync()
    {
        try
        {
            await _process.WaitForExitAsync(Cancellation).WaitAsync(s_patience, TimeProvider.System, Cancellation);
        }
        catch (TimeoutException)
        {
            Assert.Fail($"The program has not ended within {s_patience}. It said:\n{Text}");
        }

        return _process.ExitCode;
    }

    /// <summary>Asks it to stop, as a service manager does, and waits until it has.</summary>
    public Task<int> StopAsync() => SignalAsync(Terminate);

    /// <summary>Asks it and its worker to stop, as Ctrl+C in a terminal does, and waits until it has.</summary>
    public async Task<int> InterruptAsync()
    {
        await SendAsync(Interrupt, WorkerId);
        return await SignalAsync(Interrupt);
    }

    /// <summary>Ends it as kill -9 does, and its worker with it if asked for.</summary>
    public async Task KillAsync(bool withWorker)
    {
        _worker = Process.GetProcessById(WorkerId);
        _process.Kill();
        if (withWorker)
        {
            _worker.Kill();
        }

        await _process.WaitForExitAsync(Cancellation);
    }

    /// <summary>Ends its worker as kill -9 does.</summary>
    public void KillWorker()
    {
        using var worker = Process.GetProcessById(WorkerId);
        worker.Kill();
    }

    /// <summary>Waits until it has said something.</summary>
    public async Task<string> UntilSaidAsync(string text)
    {
        using PeriodicTimer look = new(TimeSpan.FromMilliseconds(10));
        while (true)
        {
            if (_said.FirstOrDefault(line => line.Contains(text, StringComparison.Ordinal)) is { } line)
            {
                return line;
            }

            Assert.False(_process.HasExited, Text);
            await look.WaitForNextTickAsync(Cancellation);
        }
    }

    public void Dispose()
    {
        Http.Dispose();
        if (!_process.HasExited)
        {
            _process.Kill(entireProcessTree: true);
        }
        else if (_worker is { HasExited: false })
        {
            _worker.Kill();
        }

        _worker?.Dispose();
        _process.Dispose();
    }

    private static async Task SendAsync(string signal, int processId)
    {
        using var kill = Process.Start("kill", ["-s", signal, $"{processId}"]);
        await kill.WaitForExitAsync(Cancellation);
    }

    private async Task<int> SignalAsync(string signal)
    {
        await SendAsync(signal, _process.Id);
        return await EndAsync();
    }

    private async Task<Uri> UntilListeningAsync()
    {
        var ended = _process.WaitForExitAsync(Cancellation);
        Assert.True(await Task.WhenAny(_listening.Task, ended) == _listening.Task, Text);
        return await _listening.Task;
    }

    private void Hear(string? line)
    {
        if (line is null)
        {
            return;
        }

        _said.Enqueue(line);
        if (Listening().Match(line) is { Success: true } match)
        {
            _listening.TrySetResult(new Uri(match.Groups["url"].Value));
        }
    }

    [GeneratedRegex("^Listening on (?<url>[^;]+); Ctrl\\+C stops\\.$", RegexOptions.ExplicitCapture | RegexOptions.NonBacktracking)]
    private static partial Regex Listening();

    [GeneratedRegex("The worker's process (?<id>[0-9]+) was started", RegexOptions.ExplicitCapture | RegexOptions.NonBacktracking)]
    private static partial Regex Worker();
}
