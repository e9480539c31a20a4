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
    private const int PassedOverShown = 5;

    // In small pieces a large file takes longer to be asked for than to be read.
    private const int PieceBytes = 1024 * 1024;

    private readonly List<FileInfo> _files;

    private RawFiles(RawFileSearch search)
    {
        _files = [.. search.Files.OrderBy(file => file.Name, StringComparer.Ordinal)];
        PassedOver = search switch
        {
            { PassedOver.Count: 0, FoldersPassedOver: 0 } => null,
            { PassedOver.Count: 0 } => $"Passed over: {Folders(search.FoldersPassedOver)}.",
            _ => $"Passed over: {Counted(search.PassedOver.Count, "file")} whose name ends in none of .json, .jsonl, .ndjson and .gz"
                + $" ({string.Join(", ", search.PassedOver.Take(PassedOverShown))}{(search.PassedOver.Count > PassedOverShown ? ", …" : "")})"
                + (search.FoldersPassedOver == 0 ? "." : $", and {Folders(search.FoldersPassedOver)}."),
        };
    }

    public int Count => _files.Count;

    /// <summary>What of the folders is not loaded, for people; null: nothing.</summary>
    public string? PassedOver { get; }

    /// <summary>Finds the files of these paths: a file as it is, of a folder those that may hold JSON by their name.</summary>
    /// <param name="shell">Where relative paths count from.</param>
    /// <param name="lake">The lake, by which their names must be possible.</param>
    /// <param name="paths">The paths, as they were given.</param>
    /// <param name="recursive">Whether sub-folders count too.</param>
    /// <exception cref="UsageException">
    /// A path is not there or holds nothing, a file cannot be read or kept under its name, or two would write the same tables: all that is wrong.
    /// </exception>
    public static RawFiles Find(Shell shell, ILake lake, IReadOnlyList<string> paths, bool recursive)
    {
        RawFileSearch search = new(shell, lake, recursive);
        foreach (var path in paths)
        {
            search.Look(path);
        }

        search.LookForNamesakes();
        return search.Faults.Count == 0 ? new RawFiles(search) : throw new UsageException(string.Join('\n', search.Faults));
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

    private static string Folders(int count) => $"{Counted(count, "sub-folder")} (--recursive looks into {(count == 1 ? "it" : "them")} too)";

    private static string Counted(int count, string thing) => $"{count} {thing}{(count == 1 ? "" : "s")}";
}
