using System.CommandLine;
using System.Text.Json;
using SpotifyEtl.Runs;
using Microsoft.Extensions.DependencyInjection;
using SpotifyEtl.Local.Hosting;
using SpotifyEtl.Local.Runs;
using SpotifyEtl.Local.Terminal;
using SpotifyEtl.Payloads;

namespace SpotifyEtl.Local.CommandLine;

/// <summary><c>runs</c>: the runs of a state folder, or of the server that holds it.</summary>
internal static class RunsCommand
{
    private const int DefaultTop = 20;
    private const string ExampleRun = "manual-20261122T060000Z-1a2b";

    private const string Details = """
        They are reached through the server that holds the state folder, or, when there is none, directly.

        Examples:
          spotify-etl runs list --status Failed
          spotify-etl runs show manual-20261122T060000Z-1a2b
          spotify-etl runs purge --older-than 90
        """;

    public static Command Create(GlobalOptions globals)
    {
        Verb command = new("runs", "Shows and manages the runs of a state folder.", Details);
        command.Subcommands.Add(List(globals));
        command.Subcommands.Add(Show(globals));
        command.Subcommands.Add(Cancel(globals));
        command.Subcommands.Add(Rerun(globals));
        command.Subcommands.Add(Purge(globals));
        return command;
    }

    private static Verb List(GlobalOptions globals)
    {
        Option<RunStatus[]> status = new("--status")
        {
            Description = $"Only runs in this status; may be given several times: {string.Join(", ", Enum.GetNames<RunStatus>())}.",
            HelpName = "STATUS",
        };
        status.TakesNames();
        Option<int?> top = new("--top") { Description = "At most so many, the newest first.", HelpName = "COUNT", DefaultValueFactory = _ => DefaultTop };
        top.TakesNumbers();
        Option<bool> json = new("--json") { Description = "Print a JSON array, and nothing else." };
        Verb command = new(
            "list",
            "Lists runs, the newest first.",
            Examples("spotify-etl runs list", "spotify-etl runs list --status Failed --top 5", "spotify-etl runs list --json"))
        {
            status, top, json,
        };
        command.SetAction((result, cancellationToken) => WithRunsAsync(globals.Read(result), async runs =>
        {
            var found = await runs.ListAsync(result.GetValue(status) ?? [], result.GetValue(top) ?? DefaultTop, cancellationToken);
            if (result.GetValue(json))
            {
                globals.Shell.Out.WriteLine(JsonSerializer.Serialize(found, PayloadJson.Options));
            }
            else
            {
                RunsOutput.WriteList(globals.Shell, found);
            }
        }, cancellationToken));
        return command;
    }

    private static Verb Show(GlobalOptions globals)
    {
        var id = Id("The run.").WithRunIds(globals);
        Option<bool> json = new("--json") { Description = "Print one JSON object, and nothing else." };
        Verb command = new(
            "show",
            "Shows how far a run is, or what it did.",
            Examples($"spotify-etl runs show {ExampleRun}", $"spotify-etl runs show {ExampleRun} --json"))
        {
            id, json,
        };
        command.SetAction((result, cancellationToken) => WithRunsAsync(globals.Read(result), async runs =>
        {
            var run = await runs.GetAsync(result.GetRequiredValue(id), cancellationToken);
            if (result.GetValue(json))
            {
                globals.Shell.Out.WriteLine(JsonSerializer.Serialize(run, PayloadJson.Options));
            }
            else
            {
                RunsOutput.Write(globals.Shell, run);
            }
        }, cancellationToken));
        return command;
    }

    private static Verb Cancel(GlobalOptions globals)
    {
        var id = Id("The run.").WithRunIds(globals);
        Verb command = new(
            "cancel",
            "Ends a run that has not ended. What it has written stays; files that it has not come to are loaded by the next run.",
            Examples($"spotify-etl runs cancel {ExampleRun}"))
        {
            id,
        };
        command.SetAction((result, cancellationToken) => WithRunsAsync(globals.Read(result), async runs =>
        {
            await runs.CancelAsync(result.GetRequiredValue(id), cancellationToken);
            globals.Shell.Out.WriteLine($"Run {result.GetRequiredValue(id)} is cancelled.");
        }, cancellationToken));
        return command;
    }

    private static Verb Rerun(GlobalOptions globals)
    {
        var id = Id("The run to repeat.").WithRunIds(globals);
        Option<bool> json = new("--json")
        {
            Description = "Print one JSON object with the result, and nothing else. Not with a server, which runs it by itself.",
        };
        Verb command = new(
            "rerun",
            "Starts another run that is asked for the same. Without a server it runs here, to its end.",
            Examples($"spotify-etl runs rerun {ExampleRun}"))
        {
            id, json,
        };
        command.WhenStopped = _ => "Interrupted: if the run has begun here, the same command goes on with it.";
        command.SetAction(async (result, cancellationToken) =>
        {
            var runId = result.GetRequiredValue(id);
            string? started = null;
            var code = await WithRunsAsync(
                globals.Read(result), async runs => started = runs.IsServed ? await runs.RerunAsync(runId, cancellationToken) : null, cancellationToken);
            if (started is null)
            {
                return code is ExitCode.Succeeded
                    ? await RerunHereAsync(globals.Read(result), runId, result.GetValue(json), cancellationToken)
                    : code;
            }

            globals.Shell.Out.WriteLine($"Run {started} has started; 'runs show {started}' tells how far it is.");
            return code;
        });
        return command;
    }

    private static async Task<int> RerunHereAsync(GlobalArguments globals, string runId, bool json, CancellationToken cancellationToken)
    {
        using var host = await LocalHost.ForRunAsync(globals, LakeUse.Look, RunViews.For(globals.Shell, json), cancellationToken);
        return await host.Services.GetRequiredService<RunSession>().RunAsync(
            json, loads: true, run => run.RerunAsync(runId, cancellationToken), cancellationToken);
    }

    private static Verb Purge(GlobalOptions globals)
    {
        Argument<string[]> ids = new("RUN") { Description = "Runs that have ended. Default: all that ended long ago.", Arity = ArgumentArity.ZeroOrMore };
        ids.WithRunIds(globals);
        Option<int?> days = new("--older-than")
        {
            Description = "How many days ago a run must have been started. Default: the setting Runs__KeepDays.",
            HelpName = "DAYS",
        };
        days.TakesNumbers();
        Verb command = new(
            "purge",
            "Removes the history of runs that have ended. Their records stay in the lake.",
            Examples("spotify-etl runs purge", "spotify-etl runs purge --older-than 90", $"spotify-etl runs purge {ExampleRun}"))
        {
            ids, days,
        };
        command.SetAction((result, cancellationToken) => WithRunsAsync(globals.Read(result), async runs =>
        {
            var given = result.GetValue(ids) ?? [];
            if (given.Length > 0 && result.GetValue(days) is not null)
            {
                throw new UsageException("Give runs or --older-than, not both.");
            }

            foreach (var runId in given)
            {
                await runs.PurgeAsync(runId, cancellationToken);
                globals.Shell.Out.WriteLine($"Run {runId} is purged.");
            }

            if (given.Length == 0)
            {
                var purged = await runs.PurgeAsync(result.GetValue(days), cancellationToken);
                globals.Shell.Out.WriteLine($"{purged} instances purged (runs and their parts).");
            }
        }, cancellationToken));
        return command;
    }

    private static string Examples(params ReadOnlySpan<string> commands) => $"Examples:\n  {string.Join("\n  ", commands)}";

    private static Argument<string> Id(string description) => new("RUN") { Description = description };

    private static async Task<int> WithRunsAsync(GlobalArguments globals, Func<RunsClient, Task> use, CancellationToken cancellationToken)
    {
        await using var runs = await RunsClient.OpenAsync(http => LocalHost.AtRest(globals, http), cancellationToken);
        await use(runs);
        return ExitCode.Succeeded;
    }
}
