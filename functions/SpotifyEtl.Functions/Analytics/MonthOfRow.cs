using System.Globalization;
using SpotifyEtl.Transform.Tables;

namespace SpotifyEtl.Analytics;

/// <summary>The month in which a row of a typed table stands.</summary>
internal sealed class MonthOfRow
{
    private byte[] _text = [];
    private string _month = Unknown;
    private DateOnly _first;

    /// <summary>Of rows that say no time.</summary>
    public const string Unknown = "unknown";

    /// <summary>The month of a cell such as <c>2026-11-22T06:00:00Z</c>: <c>2026-11</c>. Most rows of a file have the same cell.</summary>
    public string Of(ReadOnlySpan<byte> text)
    {
        if (!text.SequenceEqual(_text))
        {
            _text = text.ToArray();
            _month = Read(text);
        }

        return _month;
    }

    /// <summary>The month whose first day this is.</summary>
    public static string Of(DateOnly first) => first.ToString("yyyy-MM", CultureInfo.InvariantCulture);

    private string Read(ReadOnlySpan<byte> text)
    {
        if (!TypedCell.TryTimestamp(text, out var time))
        {
            return Unknown;
        }

        DateOnly first = new(time.Year, time.Month, 1);
        if (first == _first && _month != Unknown)
        {
            return _month;
        }

        _first = first;
        return Of(first);
    }
}
