using System.Security.Cryptography;
using EmbeddedHost.Hosting;
using Microsoft.DurableTask;
using Microsoft.DurableTask.Client;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Options;
using SpotifyEtl.Instances;
using SpotifyEtl.Lake;
using SpotifyEtl.Local.Demo;
using SpotifyEtl.Local.Hosting;
using SpotifyEtl.Local.Report;
using SpotifyEtl.Local.Terminal;
using SpotifyEtl.Orchestrators;
using SpotifyEtl.Runs;
using SpotifyEtl.Spotify;
using SpotifyEtl.Transform.Tables;

namespace SpotifyEtl.Local.Runs;

/// <summary>One run on the embedded host, from its request to its result.</summary>
internal sealed class LocalRun(IHost host, IRunView view)
{
    // A query opens every file of its tables: in a larger lake that would take longer than most runs, and more memory.
    private const int MostFilesShown = 300;

    private readonly DurableTaskClient _client = host.Services.GetRequiredService<DurableTaskClient>();
    private readonly ILake _lake = host.Services.GetRequiredService<ILake>();

    /// <summary>Does what <c>run</c> was asked for and gives the exit code.</summary>
    public static async Task<int> RunAsync(GlobalArguments globals, RunArguments arguments, CancellationToken cancellationToken)
    {
        var raw = arguments.Raw.Count > 0 ? RawFiles.Find(globals.Shell, arguments.Raw) : null;
        var view = View(globals.Shell, arguments.Json);
        using var host = BuildHost(globals);
        var playlists = raw is null ? Playlists(host, arguments, view) : [];
        return await RunAsync(host, view, globals, arguments.Json, run => run.RunAsync(playlists, arguments.Force, raw, reprocess: null, cancellationToken), cancellationToken);
    }

    /// <summary>Transforms processed files again and gives the exit code.</summary>
    public static async Task<int> ReprocessAsync(GlobalArguments globals, ReprocessRange range, bool json, CancellationToken cancellationToken)
    {
        using var host = BuildHost(globals);
        return await RunAsync(host, View(globals.Shell, json), globals, json, run => run.RunAsync([], force: false, raw: null, range, cancellationToken), cancellationToken);
    }

    /// <summary>Makes another run that is asked for the same as an earlier one, to its end, and gives the exit code.</summary>
    public static async Task<int> RerunAsync(GlobalArguments globals, string runId, bool json, CancellationToken cancellationToken)
    {
        using var host = BuildHost(globals);
        return await RunAsync(host, View(globals.Shell, json), globals, json, run => run.RerunAsync(runId, cancellationToken), cancellationToken);
    }

    private static IRunView View(Shell shell, bool json) =>
        json ? new LineRunView(output: null, shell.Error) : shell.Screen is { } screen ? new LiveRunView(screen) : new LineRunView(shell.Out, shell.Error);

    private static IHost BuildHost(GlobalArguments globals)
    {
        var builder = LocalHost.CreateBuilder(globals);
        builder.Services.Configure<EmbeddedHostOptions>(options =>
        {
            options.Timers = false;
            // For 'runs' in another terminal, which finds the address in the state folder.
            options.Http!.Port = 0;
        });
        var host = builder.Build();
        // Settings and a lake that are none are told before anything is said or done.
        host.Services.GetService<IStartupValidator>()?.Validate();
        host.Services.GetRequiredService<ILake>();
        return host;
    }

    private static async Task<int> RunAsync(
        IHost host, IRunView view, GlobalArguments globals, bool json, Func<LocalRun, Task<RunResult>> run, CancellationToken cancellationToken)
    {
        await LocalHost.PrepareLakeAsync(host.Services, cancellationToken);
        await host.StartAsync(cancellationToken);
        try
        {
            var result = await run(new LocalRun(host, view));
            await RunResultOutput.WriteAsync(globals.Shell, host.Services, result, json);
            var report = await ReportFile.WriteAfterRunAsync(host.Services, globals.StateFolder, result, MostFilesShown, cancellationToken);
            if (!json)
            {
                await RunResultOutput.WriteAnswersAsync(globals.Shell, host.Services, result, report, cancellationToken);
            }

            return result.Status is RunStatus.Succeeded ? ExitCode.Succeeded : ExitCode.Failed;
        }
        finally
        {
            await host.StopAsync(CancellationToken.None);
        }
    }

    private static IReadOnlyList<string> Playlists(IHost host, RunArguments arguments, IRunView view)
    {
        var options = host.Services.GetRequiredService<IOptions<SpotifyOptions>>().Value;
        var demo = options.ClientId == DemoSpotify.ClientId;
        if (demo && arguments.Playlists.Any(playlist => playlist != DemoPlaylist.Id))
        {
            throw new UsageException("Spotify__ClientId and Spotify__ClientSecret are not set: without them only the built-in demo playlist can be loaded (no --playlist).");
        }

        if (demo)
        {
            view.Say("No Spotify credentials are set: loading the built-in demo playlist.");
        }

        var playlists = arguments.Playlists is { Count: > 0 } given ? given : options.PlaylistIds();
        return playlists.Count > 0 ? playlists : throw new UsageException("There is no playlist to load: give --playlist, or set Spotify__Playlists.");
    }

    private async Task<RunResult> RerunAsync(string runId, CancellationToken cancellationToken)
    {
        var before = await _client.GetInstanceAsync(runId, getInputsAndOutputs: true, cancellationToken);
        return before is { Name: nameof(RunEtl) } && before.ReadInputAs<RunRequest>() is { } request
            ? await RunAsync(request.Playlists, request.Force, raw: null, request.Reprocess, cancellationToken)
            : throw new UsageException($"There is no run {runId}.");
    }

    private async Task<RunResult> RunAsync(
        IReadOnlyList<string> playlists, bool force, RawFiles? raw, ReprocessRange? reprocess, CancellationToken cancellationToken)
    {
        var requests = host.Services.GetRequiredService<RunRequests>();
        await foreach (var unfinished in UnfinishedAsync(cancellationToken))
        {
            view.Say($"Going on with run {unfinished.InstanceId}, which was interrupted.");
            var result = await EndOfAsync(unfinished.InstanceId, cancellationToken);
            var staged = raw is null ? null : await raw.FingerprintAsync(cancellationToken);
            if (unfinished.ReadInputAs<RunRequest>()?.AsksTheSameAs(requests.Create(playlists, force, staged, reprocess)) is true)
            {
                return result;
            }
        }

        if (raw is not null)
        {
            view.Say($"Staging {raw.Count} raw files.");
            await raw.StageAsync(_lake, cancellationToken);
        }

        var request = requests.Create(playlists, force, raw is null ? null : await raw.FingerprintAsync(cancellationToken), reprocess);
        var now = host.Services.GetRequiredService<TimeProvider>().GetUtcNow();
        var runId = RunId.Manual(now, RandomNumberGenerator.GetHexString(4, lowercase: true));
        await _client.ScheduleNewOrchestrationInstanceAsync(nameof(RunEtl), request, new StartOrchestrationOptions(runId), cancellationToken);
        return await EndOfAsync(runId, cancellationToken);
    }

    private async IAsyncEnumerable<OrchestrationMetadata> UnfinishedAsync([System.Runtime.CompilerServices.EnumeratorCancellation] CancellationToken cancellationToken)
    {
        OrchestrationQuery live = new(
            Statuses: [OrchestrationRuntimeStatus.Pending, OrchestrationRuntimeStatus.Running, OrchestrationRuntimeStatus.Suspended], FetchInputsAndOutputs: true);
        List<OrchestrationMetadata> found = [];
        await foreach (var instance in _client.GetAllInstancesAsync(live).WithCancellation(cancellationToken))
        {
            if (instance.Name == nameof(RunEtl))
            {
                found.Add(instance);
            }
        }

        foreach (var instance in found.OrderBy(instance => instance.CreatedAt))
        {
            yield return instance;
        }
    }

    private async Task<RunResult> EndOfAsync(string runId, CancellationToken cancellationToken)
    {
        var end = _client.WaitForInstanceCompletionAsync(runId, getInputsAndOutputs: true, cancellationToken);
        await view.WatchAsync(
            runId,
            async () => await _client.GetInstanceAsync(runId, getInputsAndOutputs: true, cancellationToken) is { IsCompleted: false } live ? live.ReadCustomStatusAs<RunProgress>() : null,
            end,
            cancellationToken);
        var instance = await end;
        if (instance.RuntimeStatus is OrchestrationRuntimeStatus.Completed)
        {
            return instance.ReadOutputAs<RunResult>()!;
        }

        // A run that failed at its very end has left its record; one that failed before has only its failure.
        return await host.Services.GetRequiredService<RunRecords>().FindRunAsync(runId, cancellationToken) ?? new RunResult
        {
            RunId = runId,
            Status = RunStatus.Failed,
            StartedAt = instance.CreatedAt,
            EndedAt = instance.LastUpdatedAt,
            Playlists = [],
            Files = FileCounts.None,
            Rows = RowCounts.None,
            Crawlers = [],
            Problems = [instance.FailureDetails?.ErrorMessage ?? instance.SerializedOutput ?? $"It ended as {instance.RuntimeStatus}."],
        };
    }
}
