using Microsoft.Win32.SafeHandles;
using SpotifyEtl.Errors;

namespace SpotifyEtl.Local.Lake;

/// <summary>
/// The marks of a table's changed files: empty files of their names, in a folder <c>new</c> until a crawl claims it by renaming it, and in its
/// <c>claimed-…</c> until the entry that has the changes is saved.
/// </summary>
/// <remarks>
/// No change is missed, whenever a process is killed. A mark is left before its change is made, so that there may be one too many and never one too few.
/// A crawl must not take a mark, look at the file as it still was, and drop the mark: hence writers hold the table's gate together from the mark to the
/// change, and a crawl holds it alone while it claims. The change of each mark that it claims is made, or never will be, as its process has died and thereby
/// let go of the gate; a change that begins later leaves its mark in another <c>new</c>. Nothing is written or synced under the gate, just the mark made and
/// the file renamed, so that neither side waits for long, and writers never for each other. Marks are names without content: the file system's journal keeps
/// them in order with the changes also where the power fails.
/// </remarks>
internal sealed class TableChanges(string folder)
{
    // Hidden names are no objects.
    private const string AllFiles = ".all";
    private const string ClaimedFolders = "claimed-";

    private readonly FolderGate _gate = new(Path.Combine(folder, "gate"));
    private readonly string _new = Path.Combine(folder, "new");
    private readonly string _all = Path.Combine(folder, "new", AllFiles);

    /// <summary>Leaves the mark of a file that is about to change. The change is made until what is returned is disposed of.</summary>
    public async ValueTask<IDisposable> BeginAsync(string name, CancellationToken cancellationToken)
    {
        var held = await HoldTogetherAsync(cancellationToken);
        try
        {
            // The next crawl looks at all files then, and cannot claim before this change is made: it finds it without a mark.
            if (!File.Exists(_all))
            {
                Leave(name);
            }

            return held;
        }
        catch
        {
            held.Dispose();
            throw;
        }
    }

    /// <summary>Asks the next crawl to look at all files, whatever has changed.</summary>
    public async Task AskForAllAsync(CancellationToken cancellationToken)
    {
        try
        {
            using var held = await BeginAsync(AllFiles, cancellationToken);
        }
        catch (Exception exception) when (FolderFailure.IsOfFileSystem(exception))
        {
            throw Failure(exception, "write");
        }
    }

    /// <summary>Takes the marks, with those that earlier crawls took and did not forget. One crawl of a table claims at a time.</summary>
    public async Task<ClaimedChanges> ClaimAsync(CancellationToken cancellationToken)
    {
        try
        {
            BeginIfNew();
            using (await _gate.HoldAloneAsync(cancellationToken))
            {
                if (Directory.Exists(_new))
                {
                    Directory.Move(_new, Path.Combine(folder, $"{ClaimedFolders}{Guid.NewGuid():N}"));
                }
            }

            var claimed = Directory.GetDirectories(folder, ClaimedFolders + "*");
            var names = claimed.SelectMany(NamesIn).ToHashSet(StringComparer.Ordinal);
            return new ClaimedChanges(names.Remove(AllFiles), names, claimed);
        }
        catch (Exception exception) when (FolderFailure.IsOfFileSystem(exception))
        {
            throw Failure(exception, "claim");
        }
    }

    private async ValueTask<SafeFileHandle> HoldTogetherAsync(CancellationToken cancellationToken)
    {
        try
        {
            return await _gate.HoldTogetherAsync(cancellationToken);
        }
        catch (Exception exception) when (IsOfWhatIsNotThere(exception))
        {
            BeginIfNew();
            return await _gate.HoldTogetherAsync(cancellationToken);
        }
    }

    // Of what happened before there was a gate nothing is known: its first crawl looks at all files, be it the next one or, if that is killed, a later one.
    private void BeginIfNew()
    {
        if (_gate.IsThere)
        {
            return;
        }

        try
        {
            Leave(AllFiles);
            _gate.Make();
        }
        catch (Exception exception) when (IsOfWhatIsNotThere(exception) && _gate.IsThere)
        {
            // Another was faster, and a crawl has claimed what is new.
        }
    }

    private void Leave(string name)
    {
        var path = Path.Combine(_new, name);
        try
        {
            Make(path);
        }
        catch (Exception exception) when (IsOfWhatIsNotThere(exception))
        {
            Directory.CreateDirectory(Path.GetDirectoryName(path)!);
            Make(path);
        }
    }

    // A further name of the gate takes no inode: made and deleted by the thousand, those slow down for minutes, on ext4, all who make files beside them.
    private void Make(string path)
    {
        if (OperatingSystem.IsLinux() && UnixFiles.TryLink(_gate.Path, path))
        {
            return;
        }

        using var mark = File.OpenHandle(path, FileMode.OpenOrCreate, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
    }

    // A missing folder is told as a missing file where somebody makes the folder just then.
    private static bool IsOfWhatIsNotThere(Exception exception) => exception is FileNotFoundException or DirectoryNotFoundException;

    private static IEnumerable<string> NamesIn(string claimed) =>
        Directory.EnumerateFiles(claimed, "*", SearchOption.AllDirectories)
            .Select(path => Path.GetRelativePath(claimed, path).Replace(Path.DirectorySeparatorChar, '/'));

    private EtlException Failure(Exception exception, string action) =>
        FolderFailure.Of(exception, action, $".changes/{Path.GetFileName(folder)}", folder);
}
