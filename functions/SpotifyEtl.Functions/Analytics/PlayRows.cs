using System.Collections;
using System.Collections.Frozen;
using Parquet.Schema;
using SpotifyEtl.Transform.Tables;

namespace SpotifyEtl.Analytics;

/// <summary>Reads what a month's file of plays is to be made of, and finds out which of the rows are to stand in it.</summary>
internal sealed class PlayRows : IDisposable
{
    /// <summary>The columns by which plays are told apart, and the raw file's name.</summary>
    public static readonly IReadOnlySet<string> Columns = FrozenSet.Create(
        StringComparer.Ordinal, "played_at", "ms_played", "song_id", "uri", "artist_name", "song_name", "source", Table.RawFileColumn);

    private const int RowsAtOnce = 1024;

    private readonly Table _table;
    private readonly MonthRows _few;
    private readonly PlayChoice _choice = new();
    private PlayColumns _columns;

    public PlayRows(Table table, ParquetSchema schema)
    {
        _table = table;
        _few = new MonthRows(table, schema, Columns);
        _columns = new PlayColumns(_few);
    }

    /// <summary>Which of the rows of the parts, one part after another, are to stand.</summary>
    /// <param name="before">The file before; null: there is none.</param>
    /// <param name="parts">The parts.</param>
    /// <param name="group">
    /// Takes the rows that are to stand where they are all new and no more than a row group has, as most months are: so the parts are read once.
    /// </param>
    /// <param name="cancellationToken">Stops reading.</param>
    /// <exception cref="MonthFileException">
    /// Not all that the file before holds are: what it left out for these may be to stand now, and only all of the month's raw files tell.
    /// </exception>
    public async Task<ChosenPlays> ChooseAsync(MonthFile? before, MonthParts parts, MonthRows group, CancellationToken cancellationToken)
    {
        List<(int Start, int End)> held = [];
        if (before is null)
        {
            _columns = new PlayColumns(group);
        }

        await foreach (var part in parts.ReadAsync(before, cancellationToken))
        {
            if (part.Added is { } added)
            {
                await AddAsync(added, cancellationToken);
            }
            else if (part.HasChanged)
            {
                throw new MonthFileException(MonthFileFault.Outdated);
            }
            else
            {
                _few.Take(part.Held!.Next, part.Held.Count);
                held.Add((_choice.Count, _choice.Count + part.Held.Count));
                TellFew();
            }
        }

        var isGathered = _columns.Rows == group;
        Tell();
        var chosen = _choice.Choose();
        if (isGathered)
        {
            group.Keep(chosen);
        }

        return held.Exists(run => Enumerable.Range(run.Start, run.End - run.Start).Any(row => !chosen[row]))
            ? throw new MonthFileException(MonthFileFault.Outdated)
            : new ChosenPlays(chosen, isGathered);
    }

    public void Dispose() => _few.Dispose();

    private async Task AddAsync(EntryRows added, CancellationToken cancellationToken)
    {
        // What a file of an earlier version lacks is told when its rows are merged.
        if (added.ColumnCount < _table.Columns.Count)
        {
            TellFew();
        }

        while (await added.ReadAsync(cancellationToken))
        {
            _columns.Rows.Add(added.Row, added.RawFile);
            if (_columns.Rows.Count > (_columns.Rows == _few ? RowsAtOnce : MonthFileWriter.RowsPerGroup))
            {
                TellFew();
            }
        }

        if (_columns.Rows == _few)
        {
            TellFew();
        }
    }

    /// <summary>Tells the choice of the rows that came, and takes a few at once from now on.</summary>
    private void TellFew()
    {
        Tell();
        _columns.Rows.Clear();
        if (_columns.Rows != _few)
        {
            _columns = new PlayColumns(_few);
        }
    }

    private void Tell()
    {
        for (var row = 0; row < _columns.Rows.Count; row++)
        {
            _choice.Add(_columns.KeysOf(row));
        }
    }
}

/// <summary>Which of a month's plays are to stand.</summary>
/// <param name="Rows">Of all of them, in their order.</param>
/// <param name="AreGathered">Whether those that are to stand have been gathered.</param>
internal sealed record ChosenPlays(BitArray Rows, bool AreGathered);
