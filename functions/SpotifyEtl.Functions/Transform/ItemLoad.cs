using System.Text;
using SpotifyEtl.Lake;
using SpotifyEtl.Transform.Documents;
using SpotifyEtl.Transform.Items;
using SpotifyEtl.Transform.Playlists;
using SpotifyEtl.Transform.Plays;
using SpotifyEtl.Transform.Tables;

namespace SpotifyEtl.Transform;

/// <summary>Brings the items of one raw file into its tables, and counts them.</summary>
internal sealed class ItemLoad(RawFileName file, FileTables tables, CancellationToken cancellationToken)
{
    private readonly RawItem _item = new(Encoding.UTF8.GetBytes(file.Name));
    private readonly SnapshotsOfFile _snapshots = new(file);
    private readonly SortedDictionary<RejectReason, long> _rejects = [];
    private readonly HashSet<string> _extractedAt = new(StringComparer.Ordinal);

    /// <summary>The items so far, rejected ones included.</summary>
    public long Items => _item.Index + 1;

    /// <summary>The items rejected so far, by reason.</summary>
    public IReadOnlyDictionary<RejectReason, long> Rejects => _rejects;

    /// <summary>The playlists so far.</summary>
    public IReadOnlyList<PlaylistSnapshot> Snapshots => _snapshots.All;

    /// <summary>The times at which the documents were extracted that gave rows to tables which tell that time, each once, as these have it.</summary>
    public IReadOnlyCollection<string> ExtractedAt => _extractedAt;

    /// <summary>When the newest of the plays was that the API tells of; null: there is none.</summary>
    public DateTimeOffset? PlayedUntil { get; private set; }

    /// <summary>Reads the plays of a document up to their end.</summary>
    public async Task ReadPlaysAsync(RawFileReader reader, DocumentHead head)
    {
        while (await reader.ReadRowAsync(_item.Row))
        {
            _item.TakePlay(head);
            await AddAsync();
            if (_item.HasNew)
            {
                _extractedAt.Add(Encoding.UTF8.GetString(head.ExtractedAt));
            }

            if (_item is { IsLoaded: true, Play: { Source: PlaySource.RecentlyPlayed } play } && !(play.Time <= PlayedUntil?.UtcDateTime))
            {
                PlayedUntil = new DateTimeOffset(play.Time, TimeSpan.Zero);
            }
        }
    }

    /// <summary>Reads the items of a playlist's document up to their end.</summary>
    public async Task ReadAsync(RawFileReader reader, DocumentHead head)
    {
        _extractedAt.Add(Encoding.UTF8.GetString(head.ExtractedAt));
        var snapshot = _snapshots.BeginPage(head);
        while (await reader.ReadRowAsync(_item.Row))
        {
            _item.Take(snapshot);
            await AddAsync();
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

    private ValueTask AddAsync()
    {
        if (!_item.IsLoaded)
        {
            _rejects[_item.Reason] = _rejects.GetValueOrDefault(_item.Reason) + 1;
        }

        return tables.AddAsync(_item, cancellationToken);
    }
}
