namespace SpotifyEtl.Functions.Tests.Aws;

/// <summary>Bytes that were uploaded: few of them in memory, as a file costs more than all else that is done with them; more of them in a file.</summary>
internal sealed class S3Piece
{
    /// <summary>The most bytes that are kept in memory.</summary>
    public const int MostInMemory = 64 * 1024;

    private readonly byte[]? _bytes;
    private readonly string? _path;

    private S3Piece(byte[]? bytes, string? path, long size) => (_bytes, _path, Size) = (bytes, path, size);

    public long Size { get; }

    public static S3Piece Of(byte[] bytes) => new(bytes, path: null, bytes.Length);

    public static S3Piece OfFile(string path, long size) => new(bytes: null, path, size);

    public Stream Open() => _bytes is not null
        ? new MemoryStream(_bytes, writable: false)
        : new FileStream(_path!, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete, 1 << 16, useAsync: false);
}
