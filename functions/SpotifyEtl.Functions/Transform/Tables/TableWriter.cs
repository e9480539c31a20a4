using System.Security.Cryptography;
using CommunityToolkit.HighPerformance;
using CommunityToolkit.HighPerformance.Buffers;
using CsvHelper;
using SpotifyEtl.Lake;

namespace SpotifyEtl.Transform.Tables;

/// <summary>
/// Writes one table of one raw file. Rows gather in memory; full parts are hashed and written behind the caller's back. The object is
/// begun with the first part and seen by nobody until the commit.
/// </summary>
internal sealed class TableWriter(ILake lake, Table table, string stem) : IAsyncDisposable
{
    private const int PartBytes = 1 << 16;

    private static readonly CsvWriterOptions s_dialect = new() { NewLine = "\n" };

    private readonly ArrayPoolBufferWriter<byte> _part = new();
    private readonly IncrementalHash _hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
    private readonly SortedSet<DateOnly> _months = [];
    private CsvWriter? _csv;
    private LakeObjectWriter? _object;
    private MemoryOwner<byte> _writing = MemoryOwner<byte>.Empty;
    private Task _behind = Task.CompletedTask;
    private long _sizeBytes;
    private DateOnly _month;

    public Table Table => table;

    public long Rows { get; private set; }

    /// <summary>The cells that are not of their column's type.</summary>
    public long Mistyped { get; private set; }

    /// <summary>Whether a part should be handed over with <see cref="WritePartAsync"/> before more rows come.</summary>
    public bool IsPartFull => _part.WrittenCount >= PartBytes;

    private string Key => table.KeyFor(stem);

    /// <summary>The months of the rows, by their first days, of tables whose rows are of several.</summary>
    public IReadOnlyCollection<DateOnly> Months => _months;

    /// <summary>Says that a row is of the month of this time.</summary>
    public void EnterMonth(DateTime time)
    {
        if (time.Month != _month.Month || time.Year != _month.Year)
        {
            _month = new DateOnly(time.Year, time.Month, 1);
            _months.Add(_month);
        }
    }

    /// <summary>Begins a row: the caller writes its fields and then calls <see cref="EndRow"/>.</summary>
    public CsvWriter BeginRow() => _csv ??= Open();

    /// <param name="mistyped">How many of the row's cells are not of their column's type.</param>
    public void EndRow(int mistyped)
    {
        Rows++;
        Mistyped += mistyped;
        _csv!.EndRecord();
    }

    /// <summary>Hands over what has gathered; waits only for the part before.</summary>
    public async ValueTask WritePartAsync(CancellationToken cancellationToken)
    {
        await _behind;
        var count = _part.WrittenCount;
        if (_writing.Length < count)
        {
            _writing.Dispose();
            _writing = MemoryOwner<byte>.Allocate(count);
        }

        _part.WrittenSpan.CopyTo(_writing.Span);
        _part.Clear();
        _behind = Task.Run(() => WriteAsync(_writing.Memory[..count], cancellationToken), cancellationToken);
    }

    /// <summary>Writes what is left; after it only the commit is to be done.</summary>
    public async Task FinishAsync(CancellationToken cancellationToken)
    {
        if (_csv is not null)
        {
            _csv.Flush();
            await _behind;
            await WriteAsync(_part.WrittenMemory, cancellationToken);
        }
    }

    /// <summary>Makes the finished object visible; without rows, deletes the one that an earlier transform may have left.</summary>
    public async Task<WrittenTable?> CommitAsync(CancellationToken cancellationToken)
    {
        if (_object is null)
        {
            await DeleteAsync(cancellationToken);
            return null;
        }

        await _object.CommitAsync(cancellationToken);
        return new WrittenTable(table.Name, Key, _sizeBytes, Convert.ToHexStringLower(_hash.GetHashAndReset()));
    }

    public Task DeleteAsync(CancellationToken cancellationToken) => lake.DeleteAsync(Key, cancellationToken);

    public async ValueTask DisposeAsync()
    {
        await _behind.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        if (_object is not null)
        {
            await _object.DisposeAsync();
        }

        _csv?.Dispose();
        _hash.Dispose();
        _part.Dispose();
        _writing.Dispose();
    }

    private CsvWriter Open()
    {
        var csv = CsvWriter.Create(_part.AsStream(), s_dialect);
        csv.WriteHeader([.. table.Columns]);
        return csv;
    }

    private async Task WriteAsync(ReadOnlyMemory<byte> bytes, CancellationToken cancellationToken)
    {
        _object ??= await lake.CreateAsync(Key, cancellationToken);
        _hash.AppendData(bytes.Span);
        _sizeBytes += bytes.Length;
        await _object.Stream.WriteAsync(bytes, cancellationToken);
    }
}
