using System.CommandLine;
using SpotifyEtl.Functions.Tests.Docs;
using SpotifyEtl.Local.CommandLine;
using SpotifyEtl.Local.Terminal;

namespace SpotifyEtl.Local.Tests.Docs;

public sealed class VerbDocsTests
{
    [Fact]
    public void The_README_names_every_verb_with_its_options_and_says_what_it_does() => new GeneratedPart("README.md", "verbs", Rows).Check();

    private static string Rows() =>
        "| verb | does | options |\n|---|---|---|\n" + string.Join('\n', SpotifyEtlCommand.Root(Shell.OfProcess()).Subcommands.SelectMany(RowsOf));

    private static IEnumerable<string> RowsOf(Command verb) => verb.Subcommands.Count > 0
        ? verb.Subcommands.Select(sub => Row($"{verb.Name} {sub.Name}", sub))
        : [Row(verb.Name, verb)];

    private static string Row(string name, Command verb)
    {
        var arguments = string.Concat(verb.Arguments.Select(argument => $" {argument.Name}"));
        var options = string.Join(", ", verb.Options.Where(option => !option.Hidden).Select(option => $"`{option.Name}`"));
        return $"| `{name}{arguments}` | {verb.Description} | {options} |";
    }
}
