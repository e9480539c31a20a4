using System.Collections;
using System.Collections.Frozen;
using Parquet.Schema;
using SpotifyEtl.Transform.Plays;
using SpotifyEtl.Transform.Tables;

namespace SpotifyEtl.Analytics;

/// <summary>Reads what a month's file of plays is to be made of, and finds out which of the rows are to stand in it.</summary>
internal sealed class PlayRows : IDisposable
{
    /// <summary>The columns by which plays are told apart, and the raw file's name.</summary>
    public static readonly IReadOnlySet<string> Columns = FrozenSet.Create(
        StringComparer.Ordinal, "played_at", "ms_played", "song_id", "uri", "artist_name", "song_name", "source", Table.RawFileColumn);

    private const int RowsAtOnce = 1024;
    private const long MicrosecondsPerSecond = 1_000_000;

    private readonly MonthRows _rows;
    private readonly ValueBuffer<long> _playedAt;
    private readonly ValueBuffer<int> _msPlayed;
    private readonly TextBuffer _songId;
    private readonly TextBuffer _uri;
    private readonly TextBuffer _artistName;
    private readonly TextBuffer _songName;
    private readonly TextBuffer _source;
    private readonly PlayChoice _choice = new();

    public PlayRows(Table table, ParquetSchema schema)
    {
        _rows = new MonthRows(table, schema, Columns);
        _playedAt = (ValueBuffer<long>)_rows.Column("played_at");
        _msPlayed = (ValueBuffer<int>)_rows.Column("ms_played");
        _songId = (TextBuffer)_rows.Column("song_id");
        _uri = (TextBuffer)_rows.Column("uri");
        _artistName = (TextBuffer)_rows.Column("artist_name");
        _songName = (TextBuffer)_rows.Column("song_name");
        _source = (TextBuffer)_rows.Column("source");
    }

    /// <summary>Which of the rows of the parts, one part after another, are to stand.</summary>
    /// <exception cref="MonthFileException">
    /// Not all that the file before holds are: what it left out for these may be to stand now, and only all of the month's raw files tell.
    /// </exception>
    public async Task<BitArray> ChooseAsync(MonthFile? before, MonthParts parts, CancellationToken cancellationToken)
    {
        List<(int Start, int End)> held = [];
        await foreach (var part in parts.ReadAsync(before, cancellationToken))
        {
            if (part.Added is { } added)
            {
                while (await added.ReadAsync(cancellationToken))
                {
                    _rows.Add(added.Row, added.RawFile);
                    if (_rows.Count == RowsAtOnce)
                    {
                        AddPlays();
                    }
                }
            }
            else if (part.HasChanged)
            {
                throw new MonthFileException(MonthFileFault.Outdated);
            }
            else
            {
                _rows.Take(part.Held!.Next, part.Held.Count);
                held.Add((_choice.Count, _choice.Count + part.Held.Count));
            }

            AddPlays();
        }

        var chosen = _choice.Choose();
        return held.Exists(run => Enumerable.Range(run.Start, run.End - run.Start).Any(row => !chosen[row]))
            ? throw new MonthFileException(MonthFileFault.Outdated)
            : chosen;
    }

    public void Dispose() => _rows.Dispose();

    private void AddPlays()
    {
        for (var row = 0; row < _rows.Count; row++)
        {
            var id = _songId.TextOf(row);
            _choice.Add(PlayKeys.Of(
                PlaySourceTexts.Parse(_source.TextOf(row)) ?? PlaySource.RecentlyPlayed,
                (_playedAt.ValueOf(row) ?? 0) / MicrosecondsPerSecond,
                id.IsEmpty ? _uri.TextOf(row) : id,
                _artistName.TextOf(row),
                _songName.TextOf(row),
                _msPlayed.ValueOf(row)));
        }

        _rows.Clear();
    }
}
