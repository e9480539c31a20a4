using System.Text;
using CsvHelper;
using SpotifyEtl.Lake;
using SpotifyEtl.Transform.Tables;

namespace SpotifyEtl.Analytics;

/// <summary>The rows of a month that a table has of a raw file, as the index of months has it: read from the table's CSV file.</summary>
internal sealed class EntryRows : IAsyncDisposable
{
    private readonly Table _table;
    private readonly string _month;
    private readonly MonthEntry _entry;
    private readonly TableFile _file;
    private readonly MonthOfRow _months = new();
    private long _all;

    private EntryRows(Table table, string month, MonthEntry entry, TableFile file)
    {
        _table = table;
        _month = month;
        _entry = entry;
        _file = file;
        RawFile = Encoding.UTF8.GetBytes(entry.RawFile);
    }

    /// <summary>The raw file's name.</summary>
    public byte[] RawFile { get; }

    /// <summary>The row that was read last.</summary>
    public CsvReader Row => _file.Row;

    /// <summary>How many of the table's columns the file has, the first ones.</summary>
    public int ColumnCount => _file.ColumnCount;

    /// <summary>The rows of the month so far.</summary>
    public long Rows { get; private set; }

    /// <exception cref="DamagedTableFileException">The file is not there, or is none of the table.</exception>
    public static async Task<EntryRows> OpenAsync(ILake lake, Table table, string month, MonthEntry entry, CancellationToken cancellationToken) =>
        new(table, month, entry, await TableFile.OpenAsync(lake, table, entry.Stem, cancellationToken, month));

    /// <summary>Reads the next row of the month.</summary>
    /// <exception cref="DamagedTableFileException">The file cannot be read on, or has not the rows that it was written with.</exception>
    public async ValueTask<bool> ReadAsync(CancellationToken cancellationToken)
    {
        while (await _file.ReadAsync(cancellationToken))
        {
            _all++;
            if (!_table.TellsMonth || _months.Of(_file.Cell(_table.MonthColumn)) == _month)
            {
                Rows++;
                return true;
            }
        }

        // An entry that a broken run left may be of a file whose rows all are of other months now.
        var all = _all + _file.PassedOver;
        return all == _entry.Rows[_table] || (all > 0 && Rows == 0)
            ? false
            : throw new DamagedTableFileException(_entry.Stem, $"{_table.KeyFor(_entry.Stem)} has {all} rows, and {_entry.Rows[_table]} were written");
    }

    public ValueTask DisposeAsync() => _file.DisposeAsync();
}
