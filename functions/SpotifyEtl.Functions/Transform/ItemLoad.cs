using SpotifyEtl.Lake;
using SpotifyEtl.Transform.Playlists;
using SpotifyEtl.Transform.Tables;

namespace SpotifyEtl.Transform;

/// <summary>Brings the items of one raw file into its tables, and counts them.</summary>
internal sealed class ItemLoad(RawFileName file, FileTables tables, CancellationToken cancellationToken)
{
    private readonly PlaylistItem _item = new(file);
    private readonly SortedDictionary<RejectReason, long> _rejects = [];

    /// <summary>The items so far, rejected ones included.</summary>
    public long Items { get; private set; }

    /// <summary>The items rejected so far, by reason.</summary>
    public IReadOnlyDictionary<RejectReason, long> Rejects => _rejects;

    /// <summary>Reads the items up to the end of their array.</summary>
    public async Task ReadAsync(RawFileReader reader, DocumentHead head)
    {
        _item.Head = head;
        while (await reader.ReadRowAsync(_item.Row))
        {
            _item.Take();
            Items++;
            if (!_item.IsLoaded)
            {
                _rejects[_item.Reason] = _rejects.GetValueOrDefault(_item.Reason) + 1;
            }

            await tables.AddAsync(_item, cancellationToken);
        }
    }
}
