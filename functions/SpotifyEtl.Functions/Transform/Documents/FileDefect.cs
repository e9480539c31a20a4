using SpotifyEtl.Transform.Json;

namespace SpotifyEtl.Transform.Documents;

/// <summary>Why a raw file cannot be loaded.</summary>
/// <param name="Reason">One of <see cref="DefectReasons"/>.</param>
/// <param name="Message">What is wrong, for people.</param>
/// <param name="ByteOffset">Where, counted in bytes from 0, when it is one place.</param>
/// <param name="Line">The line of that place, from 1.</param>
/// <param name="BytePositionInLine">The place's distance in bytes from the start of its line, from 0.</param>
public sealed record FileDefect(string Reason, string Message, long? ByteOffset, long? Line, long? BytePositionInLine)
{
    internal FileDefect(string reason, string message, FilePosition? position)
        : this(reason, message, position?.Offset, position?.Line, position?.ByteInLine)
    {
    }
}
