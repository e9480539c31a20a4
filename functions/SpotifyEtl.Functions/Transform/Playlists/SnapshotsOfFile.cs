using System.Text;
using SpotifyEtl.Lake;
using SpotifyEtl.Transform.Documents;

namespace SpotifyEtl.Transform.Playlists;

/// <summary>The playlists of a raw file, in the order in which they come up.</summary>
internal sealed class SnapshotsOfFile(RawFileName file)
{
    private readonly byte[] _rawFile = Encoding.UTF8.GetBytes(file.Name);
    private readonly List<PlaylistSnapshot> _all = [];
    private readonly Dictionary<string, PlaylistSnapshot> _newest = new(StringComparer.Ordinal);

    public IReadOnlyList<PlaylistSnapshot> All => _all;

    /// <summary>Begins the rows of a document: those of a playlist that comes up for the first time, or further ones.</summary>
    public PlaylistSnapshot BeginPage(DocumentHead head)
    {
        var id = Convert.ToHexString(head.PlaylistId);
        if (!_newest.TryGetValue(id, out var snapshot) || !snapshot.Continues(head))
        {
            snapshot = new PlaylistSnapshot(head, _rawFile);
            _newest[id] = snapshot;
            _all.Add(snapshot);
        }

        snapshot.BeginPage(head);
        return snapshot;
    }
}
