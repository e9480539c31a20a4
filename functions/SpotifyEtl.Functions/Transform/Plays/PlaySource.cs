namespace SpotifyEtl.Transform.Plays;

/// <summary>Where a play is told, in the order in which they are believed: the first tells the most of it.</summary>
public enum PlaySource
{
    /// <summary>The extended streaming history of the account data export, which tells the second and all that was ever played.</summary>
    ExtendedStreamingHistory,

    /// <summary>The Web API's play history.</summary>
    RecentlyPlayed,

    /// <summary>The streaming history of the last year of the account data export, which tells the minute and no ids.</summary>
    StreamingHistory,
}

/// <summary>The sources as the table shows them.</summary>
public static class PlaySourceTexts
{
    private static readonly string[] s_texts = ["extended_streaming_history", "recently_played", "streaming_history"];

    private static readonly byte[][] s_utf8 = [.. s_texts.Select(System.Text.Encoding.UTF8.GetBytes)];

    /// <summary>The source of a text; null: it is none.</summary>
    public static PlaySource? Parse(ReadOnlySpan<char> text)
    {
        for (var source = 0; source < s_texts.Length; source++)
        {
            if (text.SequenceEqual(s_texts[source]))
            {
                return (PlaySource)source;
            }
        }

        return null;
    }

    internal static ReadOnlySpan<byte> Text(this PlaySource source) => s_utf8[(int)source];
}
