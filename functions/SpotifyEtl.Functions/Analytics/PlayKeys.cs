using System.IO.Hashing;
using System.Runtime.InteropServices;
using SpotifyEtl.Transform.Plays;

namespace SpotifyEtl.Analytics;

/// <summary>
/// By what a play is known to be another one that is told twice, as hashes of 64 bits. The generations of Spotify's data tell more or less of it: the
/// extended streaming history the second, an id (its first files: none) and for how long; the API's play history the second and an id; the streaming
/// history of the last year the minute, names, and for how long.
/// </summary>
/// <param name="Level">How much is told; of levels the lower ones tell more.</param>
/// <param name="Own">What two rows of one level have in common if they are the same play.</param>
/// <param name="SecondAndId">Equal to that of a row of another level that is the same play and tells both.</param>
/// <param name="SecondAndNames">Equal to that of a row of another level that is the same play and tells the second.</param>
/// <param name="MinuteAndNames">Equal to that of any other row that is the same play.</param>
[StructLayout(LayoutKind.Auto)]
internal readonly record struct PlayKeys(PlayLevel Level, ulong Own, ulong SecondAndId, ulong SecondAndNames, ulong MinuteAndNames)
{
    private const long SecondsPerMinute = 60;

    /// <param name="source">Where the play is told.</param>
    /// <param name="second">When it was, in seconds since 1970.</param>
    /// <param name="id">What of it has an id; empty: none is told.</param>
    /// <param name="artist">Who was heard.</param>
    /// <param name="name">What was heard.</param>
    /// <param name="msPlayed">For how long; null: that is not told.</param>
    public static PlayKeys Of(PlaySource source, long second, ReadOnlySpan<char> id, ReadOnlySpan<char> artist, ReadOnlySpan<char> name, int? msPlayed)
    {
        var secondAndId = Hash(id, second);
        var secondAndNames = Hash(name, Hash(artist, second));
        var minuteAndNames = Hash(name, Hash(artist, second / SecondsPerMinute));
        var level = source switch
        {
            PlaySource.StreamingHistory => PlayLevel.MinuteAndNames,
            PlaySource.RecentlyPlayed => PlayLevel.Second,
            _ => id.IsEmpty ? PlayLevel.SecondAndNames : PlayLevel.SecondAndId,
        };
        var own = level switch
        {
            // What Spotify exports has rows of one second, or minute, and song that differ in how long it was played: these are several plays.
            PlayLevel.SecondAndId => Hash(msPlayed, secondAndId),
            PlayLevel.SecondAndNames => Hash(msPlayed, secondAndNames),
            PlayLevel.MinuteAndNames => Hash(msPlayed, minuteAndNames),
            _ => id.IsEmpty ? secondAndNames : secondAndId,
        };
        return new PlayKeys(level, unchecked((ulong)own), unchecked((ulong)secondAndId), unchecked((ulong)secondAndNames), unchecked((ulong)minuteAndNames));
    }

    private static long Hash(ReadOnlySpan<char> text, long seed) => unchecked((long)XxHash3.HashToUInt64(MemoryMarshal.AsBytes(text), seed));

    private static long Hash(int? number, long seed)
    {
        var value = number ?? -1;
        return unchecked((long)XxHash3.HashToUInt64(MemoryMarshal.AsBytes(new ReadOnlySpan<int>(in value)), seed));
    }
}

/// <summary>How much a row tells of a play, the most first.</summary>
internal enum PlayLevel : byte
{
    /// <summary>The extended streaming history.</summary>
    SecondAndId,

    /// <summary>The API's play history, of which no two rows tell one second and song.</summary>
    Second,

    /// <summary>The extended streaming history of the first exports.</summary>
    SecondAndNames,

    /// <summary>The streaming history of the last year.</summary>
    MinuteAndNames,
}
