namespace SpotifyEtl.Local.Interactive;

/// <summary>Gets from somebody what is to be run.</summary>
internal interface IStatementReader
{
    /// <summary>Reads a text that is whole; null: there will be no more.</summary>
    /// <param name="prompt">What stands before it.</param>
    /// <param name="isWhole">Whether the end of a line ends the text.</param>
    string? Read(string prompt, Predicate<string> isWhole);
}
