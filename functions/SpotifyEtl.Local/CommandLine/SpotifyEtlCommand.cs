using System.CommandLine;
using System.CommandLine.Parsing;
using EmbeddedHost;
using Grpc.Core;
using SpotifyEtl.Errors;
using SpotifyEtl.Local.Runs;
using SpotifyEtl.Local.Terminal;

namespace SpotifyEtl.Local.CommandLine;

/// <summary>The program's command line.</summary>
internal static class SpotifyEtlCommand
{
    /// <summary>Runs what the arguments ask for and gives the exit code.</summary>
    /// <param name="args">The arguments.</param>
    /// <param name="shell">What the program is called from.</param>
    /// <param name="cancellationToken">Stops it.</param>
    public static Task<int> InvokeAsync(string[] args, Shell shell, CancellationToken cancellationToken = default) =>
        InvokeAsync(args, shell, _ => { }, cancellationToken);

    /// <summary>Likewise for a process of its own, which Ctrl+C and signals stop.</summary>
    public static async Task<int> InvokeInProcessAsync(string[] args, Shell shell)
    {
        using StopSignals signals = new(TimeProvider.System, shell.Interrupts);
        return await InvokeAsync(args, shell, verb => signals.Patience = verb.StopPatience ?? signals.Patience, signals.Token);
    }

    private static async Task<int> InvokeAsync(string[] args, Shell shell, Action<Verb> begin, CancellationToken cancellationToken)
    {
        var root = Root(shell);
        var parsed = root.Parse(CompletionCommand.Readable(args));
        if (parsed.Errors.Count > 0)
        {
            foreach (var line in ParseFaults.Of(parsed))
            {
                await shell.Error.WriteLineAsync(TerminalText.Clean(line));
            }

            foreach (var line in Usage(parsed))
            {
                await shell.Error.WriteLineAsync(shell.Typed(line));
            }

            return ExitCode.Usage;
        }

        var verb = parsed.CommandResult.Command as Verb;
        if (verb is not null)
        {
            begin(verb);
        }

        try
        {
            InvocationConfiguration configuration = new()
            {
                Output = shell.Out,
                Error = shell.Error,
                EnableDefaultExceptionHandler = false,
                ProcessTerminationTimeout = null,
            };
            return await parsed.InvokeAsync(configuration, cancellationToken);
        }
        catch (Exception exception) when (cancellationToken.IsCancellationRequested && IsOfStop(exception))
        {
            await shell.Error.WriteLineAsync(shell.Typed(verb?.WhenStopped(parsed) ?? "Stopped."));
            return ExitCode.Failed;
        }
        catch (Exception exception) when (ExitCodeOf(exception) is { } code)
        {
            // Messages may quote what the data holds.
            foreach (var line in shell.Typed(exception.Message).ReplaceLineEndings("\n").Split('\n'))
            {
                await shell.Error.WriteLineAsync(TerminalText.Clean(line));
            }

            return code;
        }
    }

    /// <summary>The verbs and their options.</summary>
    internal static RootCommand Root(Shell shell)
    {
        GlobalOptions globals = new(shell);
        RootCommand root = new("A Spotify playlist ETL: playlists to raw JSON to tables to answers, every step checkpointed.");
        globals.AddTo(root);
        root.Subcommands.Add(RunCommand.Create(globals));
        root.Subcommands.Add(ServeCommand.Create(globals));
        root.Subcommands.Add(RunsCommand.Create(globals));
        root.Subcommands.Add(ReprocessCommand.Create(globals));
        root.Subcommands.Add(QueryCommand.Create(globals));
        root.Subcommands.Add(ReportCommand.Create(globals));
        root.Subcommands.Add(AuthorizeCommand.Create(globals));
        root.Subcommands.Add(DoctorCommand.Create(globals));
        root.Subcommands.Add(CompletionCommand.Create(globals));
        VerbHelp.AddTo(root, shell);
        ProgramVersion.AddTo(root);
        return root;
    }

    // A call to the task hub that is under way when the host stops is refused, or finds nobody.
    private static bool IsOfStop(Exception exception) =>
        exception is OperationCanceledException or RpcException { StatusCode: StatusCode.Cancelled or StatusCode.Unavailable };

    private static int? ExitCodeOf(Exception exception) => exception switch
    {
        UsageException or EtlConfigurationException or HostConfigurationException => ExitCode.Usage,
        EtlException or EmbeddedHostException or RunsException or OperationCanceledException => ExitCode.Failed,
        _ => null,
    };

    private static IEnumerable<string> Usage(ParseResult parsed)
    {
        var command = parsed.CommandResult.Command;
        var path = string.Concat(Verbs(parsed.CommandResult).Reverse().Select(verb => $" {verb}"));
        var verbs = command.Subcommands.Count == 0 ? "" : $" {string.Join(" | ", command.Subcommands.Select(verb => verb.Name))}";
        return [$"Usage: spotify-etl{path}{verbs} [options]", $"'spotify-etl{path} --help' tells more."];
    }

    private static IEnumerable<string> Verbs(CommandResult? result)
    {
        for (; result is { Command: not RootCommand }; result = result.Parent as CommandResult)
        {
            yield return result.Command.Name;
        }
    }
}
