using System.CommandLine;
using System.CommandLine.Parsing;
using EmbeddedHost;
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
    /// <param name="terminationTimeout">How long to wait for the end after Ctrl+C and signals; null: they are not listened to.</param>
    /// <param name="cancellationToken">Stops it as Ctrl+C does.</param>
    public static async Task<int> InvokeAsync(string[] args, Shell shell, TimeSpan? terminationTimeout = null, CancellationToken cancellationToken = default)
    {
        var root = Root(shell);
        var parsed = root.Parse(CompletionCommand.Readable(args));
        if (parsed.Errors.Count > 0)
        {
            foreach (var error in parsed.Errors)
            {
                await shell.Error.WriteLineAsync(error.Message);
            }

            await shell.Error.WriteLineAsync(Usage(parsed));
            return ExitCode.Usage;
        }

        try
        {
            InvocationConfiguration configuration = new()
            {
                Output = shell.Out,
                Error = shell.Error,
                EnableDefaultExceptionHandler = false,
                ProcessTerminationTimeout = terminationTimeout,
            };
            return await parsed.InvokeAsync(configuration, cancellationToken);
        }
        catch (Exception exception) when (ExitCodeOf(exception) is { } code)
        {
            // Messages may quote what the data holds.
            await shell.Error.WriteLineAsync(string.Join('\n', Message(exception).ReplaceLineEndings("\n").Split('\n').Select(TerminalText.Clean)));
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
        return root;
    }

    private static int? ExitCodeOf(Exception exception) => exception switch
    {
        UsageException or EtlConfigurationException or HostConfigurationException => ExitCode.Usage,
        EtlException or EmbeddedHostException or RunsException or OperationCanceledException => ExitCode.Failed,
        _ => null,
    };

    private static string Message(Exception exception) =>
        exception is OperationCanceledException ? "Stopped. The same command goes on where this one stopped." : exception.Message;

    private static string Usage(ParseResult parsed)
    {
        var command = parsed.CommandResult.Command;
        var path = string.Concat(Verbs(parsed.CommandResult).Reverse().Select(verb => $" {verb}"));
        var verbs = command.Subcommands.Count == 0 ? "" : $" {string.Join(" | ", command.Subcommands.Select(verb => verb.Name))}";
        return $"Usage: spotify-etl{path}{verbs} [options]. 'spotify-etl{path} --help' tells more.";
    }

    private static IEnumerable<string> Verbs(CommandResult? result)
    {
        for (; result is { Command: not RootCommand }; result = result.Parent as CommandResult)
        {
            yield return result.Command.Name;
        }
    }
}
