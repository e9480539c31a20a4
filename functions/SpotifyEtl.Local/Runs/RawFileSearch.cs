using System.IO.Enumeration;
using SpotifyEtl.Lake;
using SpotifyEtl.Local.Lake;
using SpotifyEtl.Local.Terminal;

namespace SpotifyEtl.Local.Runs;

/// <summary>
/// Looks for the raw files that paths name: a file as it is, of a folder those that may hold JSON by their name. It opens nothing that might never
/// answer, and gathers all that is wrong.
/// </summary>
internal sealed class RawFileSearch(Shell shell, ILake lake, bool recursive)
{
    /// <summary>What the names of files end with that are taken of a folder, in whatever case.</summary>
    private static readonly string[] s_endings = [".json", ".jsonl", ".ndjson", ".gz"];

    private static readonly EnumerationOptions s_everything = new() { AttributesToSkip = FileAttributes.None, IgnoreInaccessible = false };

    private readonly List<FileInfo> _files = [];
    private readonly List<string> _faults = [];
    private readonly List<string> _passedOver = [];
    private int _folders;

    public IReadOnlyList<FileInfo> Files => _files;

    /// <summary>What is wrong, each a sentence with the path in it.</summary>
    public IReadOnlyList<string> Faults => _faults;

    /// <summary>The files of folders that were not taken, as they are shown.</summary>
    public IReadOnlyList<string> PassedOver => _passedOver;

    /// <summary>How many sub-folders were not looked into.</summary>
    public int FoldersPassedOver => _folders;

    /// <summary>Looks at a path as it was given.</summary>
    public void Look(string path)
    {
        var full = shell.PathOf(path);
        if (Directory.Exists(full))
        {
            LookInto(path, full);
            return;
        }

        if (!File.Exists(full) && (!OperatingSystem.IsLinux() || !UnixFiles.Exists(full)))
        {
            _faults.Add(ReadableFile.IsNameUnreadable(full) && UnixFiles.HasUnreadable(Path.GetDirectoryName(full)!, Path.GetFileName(full))
                ? $"--raw {path}: {RawNames.NotUtf8}."
                : $"--raw {path}: there is no such file or folder.");
            return;
        }

        Take(new FileInfo(full));
    }

    /// <summary>Files whose tables would be called the same.</summary>
    public void LookForNamesakes() => _faults.AddRange(_files
        .GroupBy(file => new RawFileName(file.Name).Stem, StringComparer.Ordinal)
        .Where(group => group.Count() > 1)
        .Select(group => $"{string.Join(" and ", group.Select(file => file.FullName))} would write the same tables (named after '{group.Key}'). "
            + "Load one of them, or rename it."));

    private void LookInto(string path, string full)
    {
        var before = _files.Count + _faults.Count;
        try
        {
            LookInto(new DirectoryInfo(full));
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            _faults.Add($"--raw {path}: the folder cannot be looked into: {exception.Message}");
        }

        if (_files.Count + _faults.Count == before)
        {
            _faults.Add(
                $"--raw {path}: the folder holds no *.json file, nor one that ends in .jsonl, .ndjson or .gz"
                + (_folders > 0 ? "; --recursive looks into its sub-folders too." : "."));
        }
    }

    private void LookInto(DirectoryInfo folder)
    {
        // Unlike its infos, its entries are told whatever their names are.
        FileSystemEnumerable<(string Name, bool IsFolder)> entries = new(
            folder.FullName, (ref FileSystemEntry entry) => (entry.FileName.ToString(), entry.IsDirectory), s_everything);
        foreach (var (name, isFolder) in entries.OrderBy(entry => entry.Name, StringComparer.Ordinal))
        {
            var path = Path.Combine(folder.FullName, name);
            if (isFolder && recursive && new DirectoryInfo(path) is { LinkTarget: null } sub && !name.StartsWith('.'))
            {
                LookInto(sub);
            }
            else if (isFolder)
            {
                _folders++;
            }
            else if (IsTaken(name))
            {
                Take(new FileInfo(path));
            }
            else
            {
                _passedOver.Add(shell.Shown(path));
            }
        }
    }

    private static bool IsTaken(string name) => !name.StartsWith('.')
        && s_endings.Any(ending => name.EndsWith(ending, StringComparison.OrdinalIgnoreCase))
        && !name.EndsWith(LakeKeys.ErrorExtension, StringComparison.Ordinal);

    private void Take(FileInfo file)
    {
        if ((lake.FaultOfName(file.Name) ?? ReadableFile.Fault(file.FullName)) is { } fault)
        {
            _faults.Add($"--raw {shell.Shown(file.FullName)}: {fault}.");
        }
        else
        {
            _files.Add(file);
        }
    }
}
