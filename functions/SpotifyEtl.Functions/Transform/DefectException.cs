using System.Runtime.InteropServices;

namespace SpotifyEtl.Transform;

/// <summary>Ends the reading of a raw file that cannot be loaded; it never leaves the transform.</summary>
internal sealed class DefectException(string reason, string message, FilePosition? position = null) : Exception(message)
{
    public string Reason => reason;

    public FilePosition? Position => position;

    public Defective ToOutcome(string rawSha256) =>
        new(rawSha256, Reason, Message, Position?.Offset, Position?.Line, Position?.ByteInLine);
}

/// <summary>A place in a file: its offset in bytes from 0, its line from 1, and its distance in bytes from the line's start.</summary>
[StructLayout(LayoutKind.Auto)]
internal readonly record struct FilePosition(long Offset, long Line, long ByteInLine)
{
    public override string ToString() => $"byte {Offset} (line {Line}, byte {ByteInLine} of it)";
}
