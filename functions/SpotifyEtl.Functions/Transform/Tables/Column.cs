using CsvHelper;

namespace SpotifyEtl.Transform.Tables;

/// <summary>A column of a table, and what it holds of a row.</summary>
internal sealed class Column<TRow>
{
    private readonly CellText<TRow>? _text;
    private readonly Func<TRow, long>? _number;

    public Column(string name, CellText<TRow> text)
        : this(name, ColumnType.Text, text)
    {
    }

    public Column(string name, ColumnType type, CellText<TRow> text)
    {
        Definition = new TableColumn(name, type);
        _text = text;
    }

    public Column(string name, Func<TRow, long> number)
    {
        Definition = new TableColumn(name, ColumnType.WholeNumber);
        _number = number;
    }

    public TableColumn Definition { get; }

    /// <summary>Writes the cell.</summary>
    /// <returns>Whether it is of the column's type.</returns>
    public bool Write(TRow row, CsvWriter csv)
    {
        if (_text is not null)
        {
            var text = _text(row);
            csv.WriteField(text);
            return Definition.Type is ColumnType.Text || TypedCell.IsOf(Definition.Type, text);
        }

        var number = _number!(row);
        csv.WriteField(number);
        return number is >= int.MinValue and <= int.MaxValue;
    }
}

/// <summary>Reads a cell's text, which holds until the next cell is read; none is a missing value.</summary>
internal delegate ReadOnlySpan<byte> CellText<in TRow>(TRow row);
