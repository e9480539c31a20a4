using SpotifyEtl.Lake;
using SpotifyEtl.Transform.Items;
using SpotifyEtl.Transform.Playlists;

namespace SpotifyEtl.Transform.Tables;

/// <summary>The tables of one raw file while they are written.</summary>
internal sealed class FileTables(ILake lake, RawFileName file) : IAsyncDisposable
{
    private readonly TableWriter[] _writers = [.. Table.All.Select(table => new TableWriter(lake, table, file.Stem))];

    /// <summary>Adds the rows that an item gives.</summary>
    public async ValueTask AddAsync(RawItem item, CancellationToken cancellationToken)
    {
        foreach (var writer in _writers)
        {
            writer.Table.Add(item, writer);
            if (writer.IsPartFull)
            {
                await writer.WritePartAsync(cancellationToken);
            }
        }
    }

    /// <summary>Adds the rows that a playlist gives as a whole.</summary>
    public async ValueTask AddAsync(PlaylistSnapshot snapshot, CancellationToken cancellationToken)
    {
        foreach (var writer in _writers)
        {
            writer.Table.Add(snapshot, writer);
            if (writer.IsPartFull)
            {
                await writer.WritePartAsync(cancellationToken);
            }
        }
    }

    /// <summary>
    /// Writes what is left, and then makes all tables visible, side by side, as each waits for the disk or for the network. Says what they hold: the rows of
    /// all of them, and the objects of those that have any.
    /// </summary>
    public async Task<CommittedTables> CommitAsync(CancellationToken cancellationToken)
    {
        foreach (var writer in _writers)
        {
            await writer.FinishAsync(cancellationToken);
        }

        var written = await Task.WhenAll(_writers.Select(writer => Task.Run(() => writer.CommitAsync(cancellationToken), cancellationToken)));
        var rows = RowCounts.Of(_writers.ToDictionary(writer => writer.Table.Name, writer => writer.Rows, StringComparer.Ordinal));
        return new CommittedTables(rows, _writers.Sum(writer => writer.Mistyped), [.. written.OfType<WrittenTable>()])
        {
            PlayMonths = _writers.First(writer => writer.Table == Table.Play).Months,
        };
    }

    /// <summary>Deletes the tables that an earlier transform of the file may have left.</summary>
    public async Task DeleteAsync(CancellationToken cancellationToken)
    {
        foreach (var writer in _writers)
        {
            await writer.DeleteAsync(cancellationToken);
        }
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var writer in _writers)
        {
            await writer.DisposeAsync();
        }
    }
}

/// <summary>What the tables of one raw file hold.</summary>
/// <param name="Rows">Their rows.</param>
/// <param name="Mistyped">The cells that are not of their column's type.</param>
/// <param name="Written">The objects of those that have rows, in the order of the tables.</param>
internal sealed record CommittedTables(RowCounts Rows, long Mistyped, IReadOnlyList<WrittenTable> Written)
{
    /// <summary>The months of the plays, by their first days, in order.</summary>
    public required IReadOnlyCollection<DateOnly> PlayMonths { get; init; }
}
