namespace SpotifyEtl.Transform;

/// <summary>Why a row is not loaded, in the order in which the reasons are tried.</summary>
internal enum RejectReason
{
    None,
    NoTrack,
    Episode,
    LocalTrack,
    NoId,
    NoAlbum,
}

internal static class RejectReasonCodes
{
    private static readonly string[] Codes = ["", "no_track", "episode", "local_track", "no_id", "no_album"];

    /// <summary>Every reason, as the rejected table shows it.</summary>
    public static IEnumerable<string> All => Codes.Skip(1);

    /// <summary>The reason as the rejected table and the counts show it.</summary>
    public static string Code(this RejectReason reason) => Codes[(int)reason];
}
