using System.Runtime.InteropServices;

namespace SpotifyEtl.Transform.Json;

/// <summary>
/// Where a row keeps the text of one value: at a distance from the row's source, or, as a complement, in its scratch. Empty when the
/// value is missing.
/// </summary>
[StructLayout(LayoutKind.Auto)]
internal readonly record struct Text(int Start, int Length)
{
    public bool IsEmpty => Length == 0;
}
