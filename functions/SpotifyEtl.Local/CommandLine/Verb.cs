using System.CommandLine;

namespace SpotifyEtl.Local.CommandLine;

/// <summary>A command of the program.</summary>
/// <param name="name">What is typed.</param>
/// <param name="summary">A sentence, for the list of verbs.</param>
/// <param name="details">Tells what its own help says beneath the options: more sentences, and examples.</param>
internal sealed class Verb(string name, string summary, Func<string> details) : Command(name, summary)
{
    /// <param name="name">What is typed.</param>
    /// <param name="summary">A sentence, for the list of verbs.</param>
    /// <param name="details">What its own help says beneath the options: more sentences, and examples.</param>
    public Verb(string name, string summary, string details)
        : this(name, summary, () => details)
    {
    }

    /// <summary>For verbs of which nothing is lost when they end at once.</summary>
    public static readonly TimeSpan Promptly = TimeSpan.FromSeconds(1);

    /// <summary>What its help says beneath the options.</summary>
    public string Details => details();

    /// <summary>What is true when it is stopped before its end.</summary>
    public Func<ParseResult, string> WhenStopped { get; set; } = _ => "Stopped.";

    /// <summary>How long it may take to end when it is stopped; null: as long as runs may.</summary>
    public TimeSpan? StopPatience { get; set; }
}
