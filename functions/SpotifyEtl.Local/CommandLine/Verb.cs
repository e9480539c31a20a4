using System.CommandLine;

namespace SpotifyEtl.Local.CommandLine;

/// <summary>A command of the program.</summary>
/// <param name="name">What is typed.</param>
/// <param name="summary">A sentence, for the list of verbs.</param>
/// <param name="details">What its own help says beneath the options: more sentences, and examples.</param>
internal sealed class Verb(string name, string summary, string details) : Command(name, summary)
{
    /// <summary>What its help says beneath the options.</summary>
    public string Details => details;
}
