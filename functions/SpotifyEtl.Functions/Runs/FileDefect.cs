using SpotifyEtl.Transform;

namespace SpotifyEtl.Runs;

/// <summary>Why a raw file cannot be loaded. Offsets count from 0, lines from 1; null where there is no such place.</summary>
public sealed record FileDefect(string Reason, string Message, long? ByteOffset, long? Line, long? BytePositionInLine)
{
    public static FileDefect Of(Defective file) => new(file.Reason, file.Message, file.ByteOffset, file.Line, file.BytePositionInLine);
}
