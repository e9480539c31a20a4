using System.CommandLine;
using System.CommandLine.Parsing;
using EmbeddedHost;
using Microsoft.Extensions.Options;
using SpotifyEtl.Errors;
using SpotifyEtl.Local.Catalog;
using SpotifyEtl.Local.Runs;

namespace SpotifyEtl.Local.CommandLine;

/// <summary>The program's command line.</summary>
internal static class SpotifyEtlCommand
{
    private static readonly TimeSpan s_gracefulStop = TimeSpan.FromSeconds(30);

    /// <summary>Runs what the arguments ask for and gives the exit code.</summary>
    public static async Task<int> InvokeAsync(string[] args)
    {
        CommonOptions common = new();
        RootCommand root = new("A Spotify playlist ETL: playlists to raw JSON to tables to answers, every step checkpointed.");
        common.AddTo(root);
        root.Subcommands.Add(RunCommand.Create(common));
        root.Subcommands.Add(ServeCommand.Create(common));
        root.Subcommands.Add(RunsCommand.Create(common));
        root.Subcommands.Add(ReprocessCommand.Create(common));
        root.Subcommands.Add(QueryCommand.Create(common));
        root.Subcommands.Add(ReportCommand.Create(common));
        root.Subcommands.Add(AuthorizeCommand.Create(common));
        root.Subcommands.Add(DoctorCommand.Create(common));
        root.Subcommands.Add(CompletionCommand.Create());
        VerbHelp.AddTo(root);

        var parsed = root.Parse(CompletionCommand.Readable(args));
        if (parsed.Errors.Count > 0)
        {
            foreach (var error in parsed.Errors)
            {
                await Console.Error.WriteLineAsync(error.Message);
            }

            await Console.Error.WriteLineAsync(Usage(parsed));
            return ExitCode.Usage;
        }

        try
        {
            return await parsed.InvokeAsync(new InvocationConfiguration { EnableDefaultExceptionHandler = false, ProcessTerminationTimeout = s_gracefulStop });
        }
        catch (Exception exception) when (ExitCodeOf(exception) is { } code)
        {
            // Messages may quote what the data holds.
            await Console.Error.WriteLineAsync(string.Join('\n', Message(exception).ReplaceLineEndings("\n").Split('\n').Select(TerminalText.Clean)));
            return code;
        }
    }

    private static int? ExitCodeOf(Exception exception) => exception switch
    {
        UsageException or EtlConfigurationException or HostConfigurationException or OptionsValidationException => ExitCode.Usage,
        EtlException or EmbeddedHostException or RunsException or OperationCanceledException => ExitCode.Failed,
        AggregateException { InnerExceptions: var several } when several.All(one => one is OptionsValidationException) => ExitCode.Usage,
        _ => null,
    };

    private static string Message(Exception exception) => exception switch
    {
        OperationCanceledException => "Stopped. The same command goes on where this one stopped.",
        // Settings of several sections are not allowed.
        AggregateException several => string.Join(Environment.NewLine, several.InnerExceptions.Select(one => one.Message)),
        _ => exception.Message,
    };

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
