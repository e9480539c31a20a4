namespace SpotifyEtl.Transform.Items;

/// <summary>Why a row is not loaded, in the order in which the reasons are tried.</summary>
internal enum RejectReason
{
    None,
    NoTrack,
    Episode,
    LocalTrack,
    NoId,
    NoAlbum,
    NoTime,
}

/// <summary>The reasons as the rejected table and the counts show them.</summary>
public static class RejectReasonCodes
{
    private static readonly string[] s_codes = ["", "no_track", "episode", "local_track", "no_id", "no_album", "no_time"];

    private static readonly byte[][] s_utf8 = [.. s_codes.Select(System.Text.Encoding.UTF8.GetBytes)];

    /// <summary>Every reason, in the order in which they are tried.</summary>
    public static IReadOnlyList<string> All { get; } = s_codes[1..];

    internal static string Code(this RejectReason reason) => s_codes[(int)reason];

    internal static ReadOnlySpan<byte> Utf8Code(this RejectReason reason) => s_utf8[(int)reason];
}
