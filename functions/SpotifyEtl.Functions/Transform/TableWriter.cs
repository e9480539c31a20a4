using CsvHelper;
using SpotifyEtl.Lake;

namespace SpotifyEtl.Transform;

/// <summary>Writes one table of one raw file. Its object is begun with the first row and seen by nobody until the commit.</summary>
internal sealed class TableWriter(ILake lake, Table table, string stem) : IAsyncDisposable
{
    private static readonly CsvWriterOptions Dialect = new() { NewLine = "\n" };

    private LakeObjectWriter? _object;
    private HashingStream? _stream;
    private CsvWriter? _csv;

    public long Rows { get; private set; }

    private string Key => table.KeyFor(stem);

    /// <summary>Begins a row: the caller writes its fields and then calls <see cref="EndRowAsync"/>.</summary>
    public ValueTask<CsvWriter> BeginRowAsync(CancellationToken cancellationToken) =>
        _csv is null ? OpenAsync(cancellationToken) : ValueTask.FromResult(_csv);

    public ValueTask EndRowAsync(CancellationToken cancellationToken)
    {
        Rows++;
        return _csv!.EndRecordAsync(cancellationToken);
    }

    /// <summary>Makes the object visible; without rows, deletes the one that an earlier transform may have left.</summary>
    public async Task<WrittenTable?> CommitAsync(CancellationToken cancellationToken)
    {
        if (_object is null || _stream is null || _csv is null)
        {
            await DeleteAsync(cancellationToken);
            return null;
        }

        await _csv.FlushAsync(cancellationToken);
        var written = new WrittenTable(table.Name, Key, _stream.Written, _stream.Sha256());
        await _object.CommitAsync(cancellationToken);
        return written;
    }

    public Task DeleteAsync(CancellationToken cancellationToken) => lake.DeleteAsync(Key, cancellationToken);

    public async ValueTask DisposeAsync()
    {
        // The CSV writer is not disposed: that would write what it still holds, and uncommitted rows go nowhere.
        if (_object is not null)
        {
            await _object.DisposeAsync();
        }

        if (_stream is not null)
        {
            await _stream.DisposeAsync();
        }
    }

    private async ValueTask<CsvWriter> OpenAsync(CancellationToken cancellationToken)
    {
        _object = await lake.CreateAsync(Key, cancellationToken);
        _stream = new HashingStream(_object.Stream);
        _csv = CsvWriter.Create(_stream, Dialect, leaveOpen: true);
        _csv.WriteHeader(table.Columns);
        return _csv;
    }
}
