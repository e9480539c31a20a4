using System.Collections.Concurrent;
using System.ComponentModel;
using System.Diagnostics;
using EmbeddedHost.Hosting;
using EmbeddedHost.Worker.Messages;
using Google.Protobuf.WellKnownTypes;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace EmbeddedHost.Worker;

/// <summary>
/// The worker is a child process: started, watched, and started again with growing pauses when it dies. What it was doing is done again.
/// </summary>
internal sealed class ChildWorker(
    WorkerConfig config,
    StateFolder state,
    WorkerEndpoint endpoint,
    WorkerGateway gateway,
    IConfiguration configuration,
    IHostApplicationLifetime lifetime,
    TimeProvider time,
    ILogger<ChildWorker> logger) : IWorkerProcess, IDisposable
{
    private const string Nesting = "__";

    private const int KeptLines = 5;

    private static readonly TimeSpan s_firstPause = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan s_longestPause = TimeSpan.FromMinutes(1);
    private static readonly TimeSpan s_grace = TimeSpan.FromSeconds(5);

    // Ctrl+C in a terminal reaches the worker too, which may have ended before this host knows that it is to stop.
    private static readonly TimeSpan s_orderlyEnd = TimeSpan.FromMilliseconds(500);

    private readonly OutlivedWorker _note = new(state.Path);
    private readonly CancellationTokenSource _stopping = new();
    private readonly ConcurrentQueue<string> _lastLines = new();
    private Process? _process;
    private Task _watching = Task.CompletedTask;

    public Task StartAsync(CancellationToken cancellationToken)
    {
        lifetime.ApplicationStopping.Register(_stopping.Cancel);
        _note.End(logger);
        _process = Launch();
        _watching = WatchAsync(_process);
        return Task.CompletedTask;
    }

    public async Task StopAsync(CancellationToken cancellationToken)
    {
        gateway.Current?.Channel.Send(new StreamingMessage { WorkerTerminate = new WorkerTerminate { GracePeriod = Duration.FromTimeSpan(s_grace) } });
        using CancellationTokenSource patience = new(s_grace, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(patience.Token, cancellationToken);
        try
        {
            await (_process?.WaitForExitAsync(either.Token) ?? Task.CompletedTask);
        }
        catch (OperationCanceledException)
        {
            WorkerLog.Killed(logger, _process!.Id);
            _process.Kill(entireProcessTree: true);
        }

        await _watching;
        _note.Forget();
    }

    public void Dispose()
    {
        _stopping.Dispose();
        if (_process is { HasExited: false } process)
        {
            process.Kill(entireProcessTree: true);
        }

        _process?.Dispose();
    }

    private Process Launch()
    {
        ProcessStartInfo start = new(config.Executable, config.Arguments)
        {
            WorkingDirectory = config.Folder,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            UseShellExecute = false,
        };

        // By the environment and not by the command line, which every user of the machine can read.
        foreach (var (key, value) in endpoint.SettingsOfNextWorker())
        {
            start.Environment[key.Replace(ConfigurationPath.KeyDelimiter, Nesting, StringComparison.Ordinal)] = value;
        }

        foreach (var (key, value) in LocalSettings())
        {
            start.Environment.TryAdd(key, value);
        }

        start.Environment["FUNCTIONS_APPLICATION_DIRECTORY"] = config.Folder;
        start.Environment["FUNCTIONS_WORKER_DIRECTORY"] = config.Folder;
        start.Environment["FUNCTIONS_WORKER_RUNTIME"] = "dotnet-isolated";
        var process = Start(start);
        process.OutputDataReceived += (_, line) => Say(line.Data);
        process.ErrorDataReceived += (_, line) => Say(line.Data);
        process.BeginOutputReadLine();
        process.BeginErrorReadLine();
        _note.Note(process);
        WorkerLog.Started(logger, process.Id, $"{config.Executable} {string.Join(' ', config.Arguments)}");
        return process;
    }

    private static Process Start(ProcessStartInfo start)
    {
        try
        {
            return Process.Start(start)!;
        }
        catch (Win32Exception exception)
        {
            throw new EmbeddedHostException($"The worker's program {start.FileName} cannot be started: {exception.Message}", exception);
        }
    }

    private IEnumerable<KeyValuePair<string, string?>> LocalSettings() =>
        ((IConfigurationRoot)configuration).Providers.OfType<LocalSettingsProvider>().SelectMany(provider => provider.Values)
            .Select(value => KeyValuePair.Create(value.Key.Replace(ConfigurationPath.KeyDelimiter, Nesting, StringComparison.Ordinal), value.Value));

    private void Say(string? line)
    {
        if (!string.IsNullOrWhiteSpace(line))
        {
            WorkerLog.Output(logger, line);
            _lastLines.Enqueue(line.Trim());
            while (_lastLines.Count > KeptLines)
            {
                _lastLines.TryDequeue(out _);
            }
        }
    }

    private async Task WatchAsync(Process process)
    {
        var pause = s_firstPause;
        while (true)
        {
            var startedAt = time.GetTimestamp();
            await process.WaitForExitAsync(CancellationToken.None);
            if (_stopping.IsCancellationRequested || (process.ExitCode == 0 && !await PauseAsync(s_orderlyEnd)))
            {
                return;
            }

            if (!gateway.HasBeenReady)
            {
                gateway.GiveUp(NeverReady(process.ExitCode));
                return;
            }

            // One that ran for long begins with a short pause again.
            pause = time.GetElapsedTime(startedAt) > s_longestPause ? s_firstPause : pause;
            WorkerLog.Ended(logger, process.Id, process.ExitCode, pause);
            if (!await PauseAsync(pause))
            {
                return;
            }

            pause = pause * 2 < s_longestPause ? pause * 2 : s_longestPause;
            process.Dispose();
            _process = process = Launch();
        }
    }

    // Whether the host still runs after it.
    private async Task<bool> PauseAsync(TimeSpan pause)
    {
        try
        {
            await Task.Delay(pause, time, _stopping.Token);
            return true;
        }
        catch (OperationCanceledException)
        {
            return false;
        }
    }

    private EmbeddedHostException NeverReady(int exitCode) => new(
        $"The worker ended with exit code {exitCode} before it was ready"
        + (_lastLines.IsEmpty ? ", and said nothing." : ". It said last: " + string.Join(" | ", _lastLines)));
}
