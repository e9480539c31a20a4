using Microsoft.Data.Sqlite;

namespace DurableTask.Sqlite.Store;

/// <summary>The statements around a transaction, prepared once. Each transaction is numbered in the file.</summary>
internal sealed class WriteTransaction(SqliteConnection connection) : IDisposable
{
    private readonly SqliteCommand _begin = Command(connection, "BEGIN IMMEDIATE");
    private readonly SqliteCommand _number = Command(connection, "UPDATE commits SET number = number + 1, last_id = ?1 RETURNING number", "?1");
    private readonly SqliteCommand _commit = Command(connection, "COMMIT");
    private readonly SqliteCommand _rollBack = Command(connection, "ROLLBACK");

    public void Begin() => _begin.ExecuteNonQuery();

    /// <returns>The number of the transaction.</returns>
    public long Commit(long lastId)
    {
        _number.Parameters[0].Value = lastId;
        var number = (long)_number.ExecuteScalar()!;
        _commit.ExecuteNonQuery();
        return number;
    }

    public void RollBack()
    {
        try
        {
            _rollBack.ExecuteNonQuery();
        }
        catch (SqliteException)
        {
            // SQLite has rolled back by itself, as it does when the disk is full.
        }
    }

    public void Dispose()
    {
        foreach (var command in (SqliteCommand[])[_begin, _number, _commit, _rollBack])
        {
            command.Dispose();
        }
    }

    private static SqliteCommand Command(SqliteConnection connection, string text, params ReadOnlySpan<string> parameters)
    {
        var command = connection.CreateCommand();
        command.CommandText = text;
        foreach (var parameter in parameters)
        {
            command.Parameters.Add(new SqliteParameter { ParameterName = parameter });
        }

        return command;
    }
}
