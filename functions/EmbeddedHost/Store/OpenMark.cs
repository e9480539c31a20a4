namespace EmbeddedHost.Store;

/// <summary>
/// A file beside the state file for as long as a host has that open. As long as it is there, what was committed last is in the state file's
/// -wal: one without the other has lost runs, and a host that went on would do their work again.
/// </summary>
internal sealed class OpenMark(string storePath)
{
    private readonly string _path = storePath + "-open";

    /// <exception cref="EmbeddedHostException">The last host was killed, and the -wal that it left is gone.</exception>
    public void Check()
    {
        if (File.Exists(_path) && !File.Exists(storePath + "-wal"))
        {
            throw new EmbeddedHostException(
                $"The state file {storePath} was not closed by its last host, and {storePath}-wal, which held what was committed last, is gone. It was left as it is. "
                + $"Put the -wal back. If another SQLite program opened and closed the file since, nothing is lost: remove {_path} and start again. "
                + $"If the -wal cannot be had, removing {_path} goes on from an earlier state: steps and activities may run a second time.");
        }
    }

    /// <summary>Says that the file is open. Its -wal must be there by now.</summary>
    public void Set()
    {
        if (File.Exists(storePath + "-wal"))
        {
            File.WriteAllBytes(_path, []);
        }
    }

    /// <summary>Says that the file is about to be closed, which empties the -wal into it.</summary>
    public void Clear()
    {
        try
        {
            File.Delete(_path);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            // Then the next host finds both, or asks.
        }
    }
}
