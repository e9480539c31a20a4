namespace SpotifyEtl.Local.Lake;

/// <summary>The changes that a crawl has claimed, and the folders that have their marks.</summary>
internal sealed class ClaimedChanges(bool all, IReadOnlySet<string> names, IReadOnlyList<string> folders)
{
    /// <summary>Whether all files are to be looked at.</summary>
    public bool All => all;

    /// <summary>The files, by their paths in the table's folder, that may have changed, or be gone.</summary>
    public IReadOnlySet<string> Names => names;

    /// <summary>Drops the marks, the entry that has the changes being saved. Where that fails, the next crawl looks at the files once more.</summary>
    public void Forget()
    {
        try
        {
            foreach (var folder in folders)
            {
                Directory.Delete(folder, recursive: true);
            }
        }
        catch (Exception exception) when (FolderFailure.IsOfFileSystem(exception))
        {
        }
    }
}
