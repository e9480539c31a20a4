using SpotifyEtl.Lake;
using SpotifyEtl.Transform.Documents;
using SpotifyEtl.Transform.Playlists;
using SpotifyEtl.Transform.Tables;

namespace SpotifyEtl.Transform;

/// <summary>Brings the items of one raw file into its tables, and counts them.</summary>
internal sealed class ItemLoad(RawFileName file, FileTables tables, CancellationToken cancellationToken)
{
    private readonly PlaylistItem _item = new();
    private readonly SnapshotsOfFile _snapshots = new(file);
    private readonly SortedDictionary<RejectReason, long> _rejects = [];

    /// <summary>The items so far, rejected ones included.</summary>
    public long Items => _item.Index + 1;

    /// <summary>The items rejected so far, by reason.</summary>
    public IReadOnlyDictionary<RejectReason, long> Rejects => _rejects;

    /// <summary>The playlists so far.</summary>
    public IReadOnlyList<PlaylistSnapshot> Snapshots => _snapshots.All;

    /// <summary>Reads the items of a document up to their end.</summary>
    public async Task ReadAsync(RawFileReader reader, DocumentHead head)
    {
        var snapshot = _snapshots.BeginPage(head);
        while (await reader.ReadRowAsync(_item.Row))
        {
            _item.Take(snapshot);
            if (!_item.IsLoaded)
            {
                _rejects[_item.Reason] = _rejects.GetValueOrDefault(_item.Reason) + 1;
            }

            await tables.AddAsync(_item, cancellationToken);
        }
    }

    /// <summary>Adds what only shows when all items have been read.</summary>
    public async Task EndAsync()
    {
        foreach (var snapshot in Snapshots)
        {
            await tables.AddAsync(snapshot, cancellationToken);
        }
    }
}
