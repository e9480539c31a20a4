using Apache.Arrow;
using Apache.Arrow.Ipc;
using DuckDB.NET.Data;
using SpotifyEtl.Catalog;
using SpotifyEtl.Errors;
using SpotifyEtl.Local.AthenaSql;
using SpotifyEtl.Local.AthenaSql.Syntax;
using SpotifyEtl.Local.AthenaSql.Types;

namespace SpotifyEtl.Local.Catalog;

/// <summary>A query that DuckDB has begun to answer, its rows fetched batch by batch.</summary>
internal sealed class RunningQuery : IDisposable
{
    private readonly DuckDbSession _session;
    private readonly DuckDBCommand _command;
    private readonly IArrowArrayStream _stream;
    private readonly IDisposable? _end;
    private readonly SqlType[] _types;
    private IReadOnlyList<IReadOnlyList<string?>>? _first;

    private RunningQuery(DuckDbSession session, DuckDBCommand command, IReadOnlyList<ResultColumn> columns, IArrowArrayStream stream, IDisposable? end)
    {
        _session = session;
        _end = end;
        _types = [.. columns.Select(column => column.Type)];
        _command = command;
        _stream = stream;
        Columns = [.. columns.Select(column => new QueryColumn(column.Name, TypeText.Of(column.Type)))];
    }

    public IReadOnlyList<QueryColumn> Columns { get; }

    /// <summary>Runs a query up to its first rows. A cancellation interrupts it.</summary>
    /// <param name="session">Where it runs.</param>
    /// <param name="statement">The query.</param>
    /// <param name="end">Disposed of with the query; null: nothing.</param>
    /// <param name="cancellationToken">Interrupts it.</param>
    public static RunningQuery Start(DuckDbSession session, Statement statement, IDisposable? end, CancellationToken cancellationToken)
    {
        DuckDBCommand? command = null;
        try
        {
            var translation = session.Translate(statement, cancellationToken);
            command = session.Command(translation.Sql);
            using Interruption interruption = new(command, cancellationToken);
            cancellationToken.ThrowIfCancellationRequested();
            return new RunningQuery(session, command, translation.Columns, command.ExecuteArrowStream(), end);
        }
        catch (DuckDBException exception)
        {
            command?.Dispose();
            throw session.Failure(exception, cancellationToken);
        }
        catch
        {
            command?.Dispose();
            throw;
        }
    }

    /// <summary>Fetches the first rows, which are those that <see cref="ReadBatchAsync"/> gives next.</summary>
    /// <exception cref="PermanentEtlException">They cannot be computed.</exception>
    public async Task BeginAsync(CancellationToken cancellationToken) => _first = await FetchAsync(cancellationToken);

    /// <summary>The next rows, or null after the last.</summary>
    public async Task<IReadOnlyList<IReadOnlyList<string?>>?> ReadBatchAsync(CancellationToken cancellationToken)
    {
        if (_first is { } first)
        {
            _first = null;
            return first;
        }

        return await FetchAsync(cancellationToken);
    }

    private async Task<IReadOnlyList<IReadOnlyList<string?>>?> FetchAsync(CancellationToken cancellationToken)
    {
        try
        {
            using Interruption interruption = new(_command, cancellationToken);
            using var batch = await Task.Run(async () => await _stream.ReadNextRecordBatchAsync(cancellationToken), cancellationToken);
            return batch is null ? null : Rows(batch);
        }
        catch (DuckDBException exception)
        {
            throw _session.Failure(exception, cancellationToken);
        }
        catch (OperationCanceledException exception) when (!cancellationToken.IsCancellationRequested)
        {
            // The thread that fails interrupts the others, and now and then it is one of those that DuckDB lets tell.
            throw new PermanentEtlException(
                "A row could not be computed, and DuckDB did not tell why. TRY_CAST what may not convert, or narrow the query to find the row.", exception);
        }
    }

    public void Dispose()
    {
        _stream.Dispose();
        _command.Dispose();
        _end?.Dispose();
    }

    private string?[][] Rows(RecordBatch batch)
    {
        var rows = new string?[batch.Length][];
        for (var row = 0; row < rows.Length; row++)
        {
            rows[row] = new string?[batch.ColumnCount];
            for (var column = 0; column < batch.ColumnCount; column++)
            {
                rows[row][column] = AthenaText.Of(batch.Column(column), row, _types[column]);
            }
        }

        return rows;
    }
}
