namespace SpotifyEtl.Local.Lake;

/// <summary>The files of a folder lake that are being written, in <c>.tmp</c>, until they are renamed to what they are.</summary>
internal sealed class FolderTemporaries(string root)
{
    private const string Name = ".tmp";

    private readonly string _folder = Path.Combine(root, Name);

    /// <summary>Begins a file.</summary>
    /// <param name="options">How it is opened.</param>
    /// <param name="bufferBytes">Up to how much of what is written in small pieces is gathered; 0: nothing, as the pieces are large.</param>
    public FileStream Create(FileOptions options, int bufferBytes = 0)
    {
        Directory.CreateDirectory(_folder);

        // FileShare.Delete takes a shared lock and lets the file be renamed while it is open.
        return new(Path.Combine(_folder, Guid.NewGuid().ToString("N")), FileMode.CreateNew, FileAccess.Write, FileShare.Delete, bufferBytes, options);
    }

    /// <summary>Writes a file to the disk that is gone at once.</summary>
    public void Probe()
    {
        using var probe = Create(FileOptions.DeleteOnClose);
        probe.WriteByte(0);
        probe.Flush(flushToDisk: true);
    }

    /// <summary>Deletes what killed processes left behind.</summary>
    public void Sweep()
    {
        Directory.CreateDirectory(_folder);
        foreach (var path in Directory.EnumerateFiles(_folder))
        {
            try
            {
                using var left = new FileStream(path, FileMode.Open, FileAccess.ReadWrite, FileShare.None, bufferSize: 1, FileOptions.DeleteOnClose);
            }
            catch (Exception exception) when (FolderFailure.IsOfFileSystem(exception))
            {
                // A living process has it open, or has renamed it just now.
            }
        }
    }
}
