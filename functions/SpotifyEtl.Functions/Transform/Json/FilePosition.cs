using System.Runtime.InteropServices;

namespace SpotifyEtl.Transform.Json;

/// <summary>A place in a file: its offset in bytes from 0, its line from 1, and its distance in bytes from the line's start.</summary>
[StructLayout(LayoutKind.Auto)]
internal readonly record struct FilePosition(long Offset, long Line, long ByteInLine)
{
    public override string ToString() => $"byte {Offset} (line {Line}, byte {ByteInLine} of it)";
}
