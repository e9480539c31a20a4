using SpotifyEtl.Lake;
using SpotifyEtl.Transform.Playlists;

namespace SpotifyEtl.Transform.Tables;

/// <summary>The tables of one raw file while they are written.</summary>
internal sealed class FileTables(ILake lake, RawFileName file) : IAsyncDisposable
{
    private readonly TableWriter[] _writers = [.. Table.All.Select(table => new TableWriter(lake, table, file.Stem))];

    /// <summary>Adds the rows that an item gives.</summary>
    public async ValueTask AddAsync(PlaylistItem item, CancellationToken cancellationToken)
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

    /// <summary>Makes all tables visible and says what they hold: the rows of all of them, and the objects of those that have any.</summary>
    public async Task<(RowCounts Rows, IReadOnlyList<WrittenTable> Written)> CommitAsync(CancellationToken cancellationToken)
    {
        foreach (var writer in _writers)
        {
            await writer.FinishAsync(cancellationToken);
        }

        List<WrittenTable> written = [];
        foreach (var writer in _writers)
        {
            if (await writer.CommitAsync(cancellationToken) is { } table)
            {
                written.Add(table);
            }
        }

        return (RowCounts.Of(_writers.ToDictionary(writer => writer.Table.Name, writer => writer.Rows, StringComparer.Ordinal)), written);
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
