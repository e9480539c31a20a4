namespace SpotifyEtl.Lake;

/// <summary>A raw file that was given another name, so that none replaces another.</summary>
/// <param name="From">The name that it had.</param>
/// <param name="To">The name that it has now.</param>
/// <param name="Holder">The key of the raw file that has the first name, or tables under it.</param>
public sealed record RenamedFile(string From, string To, string Holder)
{
    public override string ToString() => To == RawFileName.OfKey(Holder).Name
        ? $"{From} is the same file as {Holder} and is kept under that name."
        : $"{From} was renamed to {To}: {Holder} has other bytes and a name that leads to the same tables.";
}
