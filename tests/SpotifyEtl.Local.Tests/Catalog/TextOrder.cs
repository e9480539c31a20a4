using System.Text;

namespace SpotifyEtl.Local.Tests.Catalog;

/// <summary>Text in the order of its UTF-8, as both engines sort it, and what is missing last.</summary>
internal sealed class TextOrder : IComparer<string?>
{
    public static TextOrder Instance { get; } = new();

    public int Compare(string? x, string? y) => (x, y) switch
    {
        (null, null) => 0,
        (null, _) => 1,
        (_, null) => -1,
        _ => Encoding.UTF8.GetBytes(x).AsSpan().SequenceCompareTo(Encoding.UTF8.GetBytes(y)),
    };
}
