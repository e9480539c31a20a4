namespace SpotifyEtl.Transform.Plays;

/// <summary>What was played.</summary>
internal enum PlayKind
{
    /// <summary>The row names nothing.</summary>
    None,
    Track,

    /// <summary>Of a podcast.</summary>
    Episode,

    /// <summary>Of an audiobook.</summary>
    Chapter,
}

/// <summary>The kinds as the table shows them.</summary>
internal static class PlayKindTexts
{
    public static ReadOnlySpan<byte> Text(this PlayKind kind) => kind switch
    {
        PlayKind.Track => "track"u8,
        PlayKind.Episode => "episode"u8,
        PlayKind.Chapter => "chapter"u8,
        _ => [],
    };
}
