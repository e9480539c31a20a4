using System.Globalization;

namespace SpotifyEtl.Transform.Playlists;

/// <summary>Which of a playlist's rows its pages hold, as far as they tell.</summary>
internal sealed class PageCoverage
{
    private const int MaxShown = 3;

    // In order, apart from each other; pages that come in order are one.
    private readonly List<(long Start, long End)> _ranges = [];
    private long _start;
    private long _end;
    private bool _hasNext;
    private (long End, bool HasNext) _furthest;

    /// <summary>The row after the last of the page that came last, from 0.</summary>
    public long End => _end;

    public void Begin(long start, bool hasNext)
    {
        Close();
        _start = _end = start;
        _hasNext = hasNext;
    }

    /// <summary>The page has one more row.</summary>
    public void Extend() => _end++;

    /// <summary>Whether all rows are there: from the first on, without a gap, up to the total, and no page after the furthest one.</summary>
    public bool IsComplete(long? total)
    {
        Close();
        return !_furthest.HasNext && _ranges switch
        {
            [] => !(total > 0),
            [(0, var end)] => !(total > end),
            _ => false,
        };
    }

    /// <summary>Such as <c>rows 1-100, 201-300</c>.</summary>
    public override string ToString()
    {
        Close();
        var shown = _ranges.Take(MaxShown).Select(range => string.Create(CultureInfo.InvariantCulture, $"{range.Start + 1}-{range.End}"));
        return _ranges.Count == 0 ? "no rows" : $"rows {string.Join(", ", shown)}{(_ranges.Count > MaxShown ? ", …" : "")}";
    }

    private void Close()
    {
        _furthest = _end >= _furthest.End ? (_end, _hasNext) : _furthest;
        if (_end > _start)
        {
            var touched = _ranges.FindAll(range => range.Start <= _end && range.End >= _start);
            _ranges.RemoveAll(touched.Contains);
            _ranges.Add((touched.Select(range => range.Start).Append(_start).Min(), touched.Select(range => range.End).Append(_end).Max()));
            _ranges.Sort();
            _start = _end;
        }
    }
}
