using System.CommandLine;
using System.Text.RegularExpressions;

namespace SpotifyEtl.Local.CommandLine;

/// <summary><c>completion</c>: lets a shell complete the program's verbs, options and values, which it asks the program itself for.</summary>
internal static partial class CompletionCommand
{
    private const string Details = """
        The script calls the program as it was typed, so the executable spotify-etl must be on the PATH. Names of queries, formats, statuses and the ids
        of the newest runs are completed as well.

        Examples:
          source <(spotify-etl completion bash)                                        # or in ~/.bashrc
          spotify-etl completion zsh > "${fpath[1]}/_spotify-etl"
          spotify-etl completion fish > ~/.config/fish/completions/spotify-etl.fish
          spotify-etl completion pwsh | Out-String | Invoke-Expression                 # or in $PROFILE
        """;

    private const string Bash = """
        _spotify_etl() {
          local line="${COMP_LINE:0:COMP_POINT}" word="${COMP_WORDS[COMP_CWORD]}" candidate
          COMPREPLY=()
          [[ $word == "=" ]] && word=""
          while IFS= read -r candidate; do
            [[ $candidate == "$word"* ]] && COMPREPLY+=("$candidate")
          done < <("$1" "[suggest:${#line}]" "$line" 2>/dev/null)
        }
        complete -o default -F _spotify_etl spotify-etl
        """;

    private const string Zsh = """
        #compdef spotify-etl
        _spotify_etl() {
          local line="${(j: :)words[1,CURRENT]}"
          local -a candidates
          candidates=("${(@f)$("${words[1]}" "[suggest:${#line}]" "$line" 2>/dev/null)}")
          candidates=("${(@)candidates:#}")
          if (( ${#candidates} )); then compadd -a candidates; else _files; fi
        }
        if [[ ${funcstack[1]} == _spotify-etl ]]; then _spotify_etl "$@"; else compdef _spotify_etl spotify-etl; fi
        """;

    private const string Fish = """
        function __spotify_etl_complete
          set -l line (commandline -cp)
          set -l program (commandline -opc)[1]
          $program "[suggest:"(string length -- "$line")"]" "$line" 2>/dev/null
        end
        complete -c spotify-etl -f -a '(__spotify_etl_complete)'
        complete -c spotify-etl -F -r -l raw
        complete -c spotify-etl -F -r -l out
        complete -c spotify-etl -F -r -l state
        """;

    private const string Pwsh = """
        Register-ArgumentCompleter -Native -CommandName spotify-etl -ScriptBlock {
          param($wordToComplete, $commandAst, $cursorPosition)
          $position = $cursorPosition - $commandAst.Extent.StartOffset
          $line = $commandAst.ToString().PadRight($position)
          & $commandAst.CommandElements[0].Value "[suggest:$position]" $line 2>$null |
            Where-Object { $_ -like "$wordToComplete*" } |
            ForEach-Object { [System.Management.Automation.CompletionResult]::new($_, $_, 'ParameterValue', $_) }
        }
        """;

    private static readonly Dictionary<string, string> s_scripts = new(StringComparer.OrdinalIgnoreCase)
    {
        ["bash"] = Bash,
        ["zsh"] = Zsh,
        ["fish"] = Fish,
        ["pwsh"] = Pwsh,
    };

    /// <summary>
    /// The arguments, with a blank for each = of <c>--name=VALUE</c> in a line that is to be completed: System.CommandLine falls over an
    /// option whose value it does not know yet when they are one word.
    /// </summary>
    public static string[] Readable(string[] args) =>
        args is [var directive, var line, ..] && directive.StartsWith("[suggest", StringComparison.Ordinal)
            ? [directive, OptionWithValue().Replace(line, "${option} "), .. args[2..]]
            : args;

    public static Command Create(GlobalOptions globals)
    {
        Argument<string> shell = new("SHELL") { Description = "Whose script: bash, zsh, fish or pwsh." };
        shell.CompletionSources.Add([.. s_scripts.Keys]);
        shell.Validators.Add(result =>
        {
            if (result.Tokens is [var token] && !s_scripts.ContainsKey(token.Value))
            {
                result.AddError($"There is no script for {token.Value}. There are those for {string.Join(", ", s_scripts.Keys)}.");
            }
        });
        Verb command = new("completion", "Prints the script by which a shell completes this program's command line.", Details) { shell };
        command.SetAction(result =>
        {
            globals.Shell.Out.WriteLine(s_scripts[result.GetRequiredValue(shell)].ReplaceLineEndings("\n"));
            if (globals.Shell.Command.Contains(' ', StringComparison.Ordinal))
            {
                globals.Shell.Error.WriteLine(
                    $"Shells complete commands of one word, and this was started as '{globals.Shell.Command}': "
                    + "install the tool, or put the executable on the PATH.");
            }
        });
        return command;
    }

    [GeneratedRegex(@"(?<option>\s--[a-z-]+)[=:]", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex OptionWithValue();
}
