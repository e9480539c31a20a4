using System.CommandLine;
using System.CommandLine.Invocation;
using System.Reflection;

namespace SpotifyEtl.Local.CommandLine;

/// <summary><c>--version</c>: the version, and the commit that it was built from, such as <c>1.2.0 (1a2b3c4)</c>.</summary>
internal sealed class ProgramVersion : SynchronousCommandLineAction
{
    private const int CommitLength = 7;

    /// <summary>Puts it in the place of the usual answer.</summary>
    public static void AddTo(RootCommand root) => root.Options.OfType<VersionOption>().Single().Action = new ProgramVersion();

    /// <summary>As people read it. Without a commit, as where the source had no history, the version stands alone.</summary>
    /// <param name="informational">As the build writes it: the version, and behind a plus sign the commit's hash.</param>
    public static string Of(string informational) => informational.Split('+', 2) switch
    {
        [var version, { Length: >= CommitLength } commit] => $"{version} ({commit[..CommitLength]})",
        [var version, ..] => version,
        [] => informational,
    };

    public override int Invoke(ParseResult parseResult)
    {
        var version = typeof(ProgramVersion).Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()!.InformationalVersion;
        parseResult.InvocationConfiguration.Output.WriteLine(Of(version));
        return 0;
    }
}
