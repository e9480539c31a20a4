using System.Security.Cryptography;
using System.Text;
using SpotifyEtl.Lake;
using SpotifyEtl.Local.Terminal;

namespace SpotifyEtl.Local.Runs;

/// <summary>The raw files that <c>--raw</c> names, in order of name, to be staged into to_process under their names.</summary>
internal sealed class RawFiles
{
    // Each copy mostly waits for the disk.
    private const int FilesAtOnce = 16;

    // In small pieces a large file takes longer to be asked for than to be read.
    private const int PieceBytes = 1024 * 1024;

    private readonly IReadOnlyList<FileInfo> _files;

    private RawFiles(IReadOnlyList<FileInfo> files) => _files = files;

    public int Count => _files.Count;

    /// <summary>Finds the files of these paths: a file as it is, of a folder its *.json.</summary>
    /// <exception cref="UsageException">A path is not there or holds nothing, or two files would write the same tables.</exception>
    public static RawFiles Find(Shell shell, IReadOnlyList<string> paths)
    {
        List<FileInfo> files = [.. paths.SelectMany(path => FilesOf(path, shell.PathOf(path)))];
        var twice = files.GroupBy(file => new RawFileName(file.Name).Stem, StringComparer.Ordinal).FirstOrDefault(group => group.Count() > 1);
        if (twice is not null)
        {
            throw new UsageException(
                $"{string.Join(" and ", twice.Select(file => file.FullName))} would write the same tables (named after '{twice.Key}'). "
                + "Load one of them, or rename it.");
        }

        files.Sort((a, b) => string.CompareOrdinal(a.Name, b.Name));
        return new RawFiles(files);
    }

    /// <summary>Says whether another start was asked for the same files: a hash of their names and bytes.</summary>
    public async Task<string> FingerprintAsync(CancellationToken cancellationToken)
    {
        using var all = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        var piece = new byte[PieceBytes];
        foreach (var file in _files)
        {
            await using var stream = Open(file);
            using var one = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
            int read;
            while ((read = await stream.ReadAsync(piece, cancellationToken)) > 0)
            {
                one.AppendData(piece.AsSpan(0, read));
            }

            all.AppendData(Encoding.UTF8.GetBytes(file.Name + "\n"));
            all.AppendData(one.GetHashAndReset());
        }

        return Convert.ToHexStringLower(all.GetHashAndReset());
    }

    /// <summary>Copies the files into to_process. Safe to repeat.</summary>
    public Task StageAsync(ILake lake, CancellationToken cancellationToken)
    {
        ParallelOptions options = new() { MaxDegreeOfParallelism = FilesAtOnce, CancellationToken = cancellationToken };
        return Parallel.ForEachAsync(_files, options, async (file, cancelled) =>
        {
            await using var source = Open(file);
            await using var target = await lake.CreateAsync(new RawFileName(file.Name).ToProcessKey, cancelled);
            await source.CopyToAsync(target.Stream, PieceBytes, cancelled);
            await target.CommitAsync(cancelled);
        });
    }

    private static FileStream Open(FileInfo file) => new(
        file.FullName, new FileStreamOptions { Mode = FileMode.Open, Share = FileShare.Read, BufferSize = 0, Options = FileOptions.SequentialScan });

    private static FileInfo[] FilesOf(string path, string full)
    {
        if (File.Exists(full))
        {
            // The lake hides such names, so the file would be staged and never loaded.
            return Path.GetFileName(full).StartsWith('.')
                ? throw new UsageException($"--raw {path}: a name that begins with a dot is no name in the lake. Rename the file.")
                : [new FileInfo(full)];
        }

        if (!Directory.Exists(full))
        {
            throw new UsageException($"--raw {path}: there is no such file or folder.");
        }

        var files = new DirectoryInfo(full).GetFiles("*.json").Where(file => !file.Name.StartsWith('.')).ToArray();
        return files.Length > 0 ? files : throw new UsageException($"--raw {path}: the folder holds no *.json file.");
    }
}
