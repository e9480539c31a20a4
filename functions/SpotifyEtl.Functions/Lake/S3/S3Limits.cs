namespace SpotifyEtl.Lake.S3;

/// <summary>Where S3 wants an object in parts, and how large they are here.</summary>
/// <param name="FirstPartBytes">The size of the first thousand parts, at least 5 MiB on S3; each further thousand has twice the size, so that 10,000
/// parts hold whatever S3 holds.</param>
/// <param name="LargestCopyBytes">The largest object that is copied by one call: 5 GiB on S3.</param>
/// <param name="CopyPartBytes">The size of the parts in which a larger one is copied.</param>
/// <param name="ListPage">The keys of one page of a listing, at most 1,000.</param>
internal sealed record S3Limits(int FirstPartBytes, long LargestCopyBytes, long CopyPartBytes, int ListPage)
{
    private const int PartsOfOneSize = 1000;

    public static S3Limits Default { get; } = new(8 * 1024 * 1024, 5L * 1024 * 1024 * 1024, 1024L * 1024 * 1024, 1000);

    /// <summary>The size of a part, by its number from 1.</summary>
    public int PartBytes(int number) => FirstPartBytes << Math.Min((number - 1) / PartsOfOneSize, 6);
}
