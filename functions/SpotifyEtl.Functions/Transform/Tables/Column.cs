using CsvHelper;

namespace SpotifyEtl.Transform.Tables;

/// <summary>A column of a table, and what it holds of a row.</summary>
internal sealed class Column<TRow>
{
    private readonly CellText<TRow>? _text;
    private readonly Func<TRow, long>? _number;

    public Column(string name, CellText<TRow> text)
    {
        Name = name;
        _text = text;
    }

    public Column(string name, Func<TRow, long> number)
    {
        Name = name;
        _number = number;
    }

    public string Name { get; }

    public void Write(TRow row, CsvWriter csv)
    {
        if (_text is not null)
        {
            csv.WriteField(_text(row));
        }
        else
        {
            csv.WriteField(_number!(row));
        }
    }
}

/// <summary>Reads a cell's text, which holds until the next cell is read; none is a missing value.</summary>
internal delegate ReadOnlySpan<byte> CellText<in TRow>(TRow row);
