using System.CommandLine;
using System.CommandLine.Help;
using System.CommandLine.Invocation;
using SpotifyEtl.Local.Terminal;

namespace SpotifyEtl.Local.CommandLine;

/// <summary>The help of a verb: the usual one, and its details beneath.</summary>
internal sealed class VerbHelp(HelpAction usual, Shell shell) : SynchronousCommandLineAction
{
    /// <summary>Puts it in the place of the usual help.</summary>
    public static void AddTo(RootCommand root, Shell shell)
    {
        var help = root.Options.OfType<HelpOption>().Single();
        // Nobody expects these outside Windows, and completions would offer them.
        help.Aliases.Remove("/h");
        help.Aliases.Remove("/?");
        help.Action = new VerbHelp((HelpAction)help.Action!, shell);
    }

    /// <summary>Who asks for help need not have given what the verb requires.</summary>
    public override bool ClearsParseErrors => true;

    public override int Invoke(ParseResult parseResult)
    {
        var output = parseResult.InvocationConfiguration.Output;
        using StringWriter help = new();
        parseResult.InvocationConfiguration.Output = help;
        var code = usual.Invoke(parseResult);
        parseResult.InvocationConfiguration.Output = output;
        output.Write(shell.Typed(help.ToString()));
        if (parseResult.CommandResult.Command is Verb verb)
        {
            foreach (var line in shell.Typed(verb.Details).ReplaceLineEndings("\n").Split('\n').SelectMany(Fitted))
            {
                output.WriteLine(line);
            }
        }

        return code;
    }

    // What is indented is there to be copied, and stays as it is.
    private IEnumerable<string> Fitted(string line) => line.StartsWith(' ') ? [line] : Paragraph.Lines(line, shell.Width);
}
