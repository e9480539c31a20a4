namespace SpotifyEtl.Transform.Documents;

/// <summary>How a raw file is read.</summary>
/// <param name="ChunkBytes">How much is read at once.</param>
/// <param name="MaxRowBytes">The largest row, with what separates it from the one before.</param>
internal sealed record RawFileLimits(int ChunkBytes, int MaxRowBytes)
{
    public static readonly RawFileLimits Default = new(1 << 18, 64 << 20);

    /// <summary>How many bytes a gzipped file may unpack to.</summary>
    public long MaxUnpackedBytes { get; init; } = 4L << 30;
}
