using System.Buffers;
using System.Collections.Concurrent;
using System.Security.Cryptography;
using System.Text;
using SpotifyEtl.Lake;
using SpotifyEtl.Local.Terminal;

namespace SpotifyEtl.Local.Runs;

/// <summary>The raw files that <c>--raw</c> names, in order of name, to be staged into to_process under their names.</summary>
internal sealed class RawFiles
{
    // Each copy mostly waits, for the disk or the network.
    private const int FilesAtOnce = 32;
    private const int PassedOverShown = 5;

    // In small pieces a large file takes longer to be asked for than to be read.
    private const int PieceBytes = 1024 * 1024;

    private readonly List<FileInfo> _files;
    private string? _fingerprint;

    private RawFiles(RawFileSearch search)
    {
        _files = [.. search.Files.OrderBy(file => file.Name, StringComparer.Ordinal)];
        PassedOver = search switch
        {
            { PassedOver.Count: 0, FoldersPassedOver: 0 } => null,
            { PassedOver.Count: 0 } => $"Passed over: {Folders(search.FoldersPassedOver)}.",
            _ => $"Passed over: {Counted(search.PassedOver.Count, "file")} whose name ends in none of .json, .jsonl, .ndjson and .gz, or in .error.json"
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

    /// <summary>Says whether another start was asked for the same files: a hash of their names and bytes, which are read once.</summary>
    public async Task<string> FingerprintAsync(CancellationToken cancellationToken) => _fingerprint ??= await HashesAsync(HashAsync, cancellationToken);

    /// <summary>Copies the files into to_process, where none replaces one with other bytes. Safe to repeat.</summary>
    /// <returns>The files that wait there under another name.</returns>
    public async Task<IReadOnlyCollection<RenamedFile>> StageAsync(ILake lake, CancellationToken cancellationToken)
    {
        RawFileRenaming renaming = new(lake);
        ConcurrentBag<RenamedFile> renamed = [];
        var maybeWaiting = await renaming.FindMaybeWaitingAsync([.. _files.Select(file => file.Name)], cancellationToken);
        _fingerprint = await HashesAsync(
            async (file, cancelled) =>
            {
                RawFileName name = new(file.Name);
                var other = maybeWaiting.Contains(file.Name)
                    ? await renaming.FindWaitingNameAsync(name, async stop => Convert.ToHexStringLower(await HashAsync(file, stop)), cancelled)
                    : null;
                if (other is not null)
                {
                    renamed.Add(other);
                }

                return await CopyAsync(file, lake, (other is null ? name : new RawFileName(other.To)).ToProcessKey, cancelled);
            },
            cancellationToken);
        return [.. renamed.OrderBy(file => file.From, StringComparer.Ordinal)];
    }

    private async Task<string> HashesAsync(Func<FileInfo, CancellationToken, Task<byte[]>> hash, CancellationToken cancellationToken)
    {
        var hashes = new byte[_files.Count][];
        ParallelOptions options = new() { MaxDegreeOfParallelism = FilesAtOnce, CancellationToken = cancellationToken };
        await Parallel.ForAsync(0, _files.Count, options, async (index, cancelled) => hashes[index] = await hash(_files[index], cancelled));
        using var all = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        foreach (var (file, one) in _files.Zip(hashes))
        {
            all.AppendData(Encoding.UTF8.GetBytes(file.Name + "\n"));
            all.AppendData(one);
        }

        return Convert.ToHexStringLower(all.GetHashAndReset());
    }

    private static async Task<byte[]> HashAsync(FileInfo file, CancellationToken cancellationToken)
    {
        await using var source = Open(file);
        return await ReadAsync(source, target: null, cancellationToken);
    }

    private static async Task<byte[]> CopyAsync(FileInfo file, ILake lake, string key, CancellationToken cancellationToken)
    {
        await using var source = Open(file);
        await using var target = await lake.CreateAsync(key, cancellationToken);
        var hash = await ReadAsync(source, target.Stream, cancellationToken);
        await target.CommitAsync(cancellationToken);
        return hash;
    }

    // A piece is hashed while it is written: of a large file either takes as long as the other.
    private static async Task<byte[]> ReadAsync(FileStream source, Stream? target, CancellationToken cancellationToken)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        var piece = ArrayPool<byte>.Shared.Rent(PieceBytes);
        try
        {
            int read;
            while ((read = await source.ReadAsync(piece, cancellationToken)) > 0)
            {
                var hashed = Task.Run(() => hash.AppendData(piece.AsSpan(0, read)), CancellationToken.None);
                await Task.WhenAll(hashed, target?.WriteAsync(piece.AsMemory(0, read), cancellationToken).AsTask() ?? Task.CompletedTask);
            }
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(piece);
        }

        return hash.GetHashAndReset();
    }

    private static FileStream Open(FileInfo file) => new(
        file.FullName, new FileStreamOptions { Mode = FileMode.Open, Share = FileShare.Read, BufferSize = 0, Options = FileOptions.SequentialScan });

    private static string Folders(int count) => $"{Counted(count, "sub-folder")} (--recursive looks into {(count == 1 ? "it" : "them")} too)";

    private static string Counted(int count, string thing) => $"{count} {thing}{(count == 1 ? "" : "s")}";
}
