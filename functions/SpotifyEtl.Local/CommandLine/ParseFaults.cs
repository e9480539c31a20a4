using System.CommandLine;
using SpotifyEtl.Local.Terminal;

namespace SpotifyEtl.Local.CommandLine;

/// <summary>What is wrong with a command line, in sentences, with what was meant where that can be guessed.</summary>
internal static class ParseFaults
{
    public static IEnumerable<string> Of(ParseResult parsed)
    {
        var command = parsed.CommandResult.Command;
        var unknown = parsed.UnmatchedTokens;
        if (command.Subcommands.Count > 0)
        {
            yield return unknown is [var word, ..]
                ? $"There is no '{word}'.{Suggestion.For(word, word.StartsWith('-') ? Options(command) : command.Subcommands.Select(verb => verb.Name))}"
                : "What is it to do?";
            yield break;
        }

        foreach (var token in unknown.Where(token => token.StartsWith('-')))
        {
            var name = token.Split('=', ':')[0];
            yield return $"{command.Name} has no option {name}.{Suggestion.For(name, Options(command))}";
        }

        // Where an option is not known, what follows it is most likely its value.
        if (!unknown.Any(token => token.StartsWith('-')))
        {
            foreach (var token in unknown)
            {
                yield return $"{command.Name} takes no '{token}' here.";
            }
        }

        foreach (var error in parsed.Errors.Where(error => !unknown.Any(token => error.Message.Contains($"'{token}'", StringComparison.Ordinal))))
        {
            yield return error.Message;
        }
    }

    private static IEnumerable<string> Options(Command command) => command.Options
        .Concat(command.Parents.OfType<Command>().SelectMany(parent => parent.Options.Where(option => option.Recursive)))
        .Where(option => !option.Hidden)
        .Select(option => option.Name);
}
