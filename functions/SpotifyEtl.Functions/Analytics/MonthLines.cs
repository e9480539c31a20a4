using CommunityToolkit.HighPerformance.Buffers;

namespace SpotifyEtl.Analytics;

/// <summary>
/// A table's file, of which only the header and the lines of one month are read: those that begin with it. In these files a row is a line, as no cell has
/// a line break. A file of plays has rows of many months, and is read for each of them.
/// </summary>
internal sealed class MonthLines(Stream file, byte[] month) : Stream
{
    private const int FirstBytes = 1 << 16;
    private const byte LineBreak = (byte)'\n';

    private MemoryOwner<byte> _buffer = MemoryOwner<byte>.Allocate(FirstBytes);
    private int _start;
    private int _end;
    private int _wanted;
    private bool _isHeaderRead;
    private bool _isAtEnd;

    /// <summary>How many lines of other months there were so far.</summary>
    public long PassedOver { get; private set; }

    public override bool CanRead => true;

    public override bool CanSeek => false;

    public override bool CanWrite => false;

    public override long Length => throw new NotSupportedException();

    public override long Position
    {
        get => throw new NotSupportedException();
        set => throw new NotSupportedException();
    }

    public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
    {
        while (_wanted == 0 && !FindLine())
        {
            if (_isAtEnd)
            {
                return 0;
            }

            await FillAsync(cancellationToken);
        }

        var count = Math.Min(buffer.Length, _wanted);
        _buffer.Memory.Slice(_start, count).CopyTo(buffer);
        _start += count;
        _wanted -= count;
        return count;
    }

    public override Task<int> ReadAsync(byte[] buffer, int offset, int count, CancellationToken cancellationToken) =>
        ReadAsync(buffer.AsMemory(offset, count), cancellationToken).AsTask();

    public override int Read(byte[] buffer, int offset, int count) => ReadAsync(buffer.AsMemory(offset, count)).AsTask().GetAwaiter().GetResult();

    public override void Flush()
    {
    }

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public override void SetLength(long value) => throw new NotSupportedException();

    public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    protected override void Dispose(bool disposing)
    {
        if (disposing)
        {
            _buffer.Dispose();
            file.Dispose();
        }

        base.Dispose(disposing);
    }

    // Finds the next lines that are wanted and stand together.
    private bool FindLine()
    {
        while (NextLine(_start + _wanted) is > 0 and var length)
        {
            if (!_isHeaderRead || _buffer.Span[(_start + _wanted).._end].StartsWith(month))
            {
                _isHeaderRead = true;
                _wanted += length;
            }
            else if (_wanted > 0)
            {
                break;
            }
            else
            {
                PassedOver++;
                _start += length;
            }
        }

        return _wanted > 0;
    }

    private int NextLine(int start)
    {
        var rest = _buffer.Span[start.._end];
        return rest.IndexOf(LineBreak) is >= 0 and var end ? end + 1 : _isAtEnd ? rest.Length : 0;
    }

    private async ValueTask FillAsync(CancellationToken cancellationToken)
    {
        var rest = _end - _start;
        if (rest == _buffer.Length)
        {
            var larger = MemoryOwner<byte>.Allocate(2 * _buffer.Length);
            _buffer.Span[_start.._end].CopyTo(larger.Span);
            _buffer.Dispose();
            _buffer = larger;
        }
        else
        {
            _buffer.Span[_start.._end].CopyTo(_buffer.Span);
        }

        (_start, _end) = (0, rest);
        var read = await file.ReadAsync(_buffer.Memory[_end..], cancellationToken);
        _isAtEnd = read == 0;
        _end += read;
    }
}
