using System.Runtime.InteropServices;
using System.Text.Json;

namespace SpotifyEtl.Transform.Documents;

/// <summary>Where rows begin: just after their array's opening bracket, or at the first of lines, with the JSON reader in that state.</summary>
[StructLayout(LayoutKind.Auto)]
internal readonly record struct RowsStart(long Offset, JsonReaderState State)
{
    public static RowsStart At(ref Utf8JsonReader reader, long windowOffset) => new(windowOffset + reader.BytesConsumed, reader.CurrentState);
}
