using Microsoft.Data.Sqlite;

namespace DurableTask.Sqlite.Store;

/// <summary>Statements of one connection, prepared once.</summary>
internal sealed class StatementSet(SqliteConnection connection) : IDisposable
{
    private readonly List<SqliteCommand> _commands = [];

    /// <summary>Prepares a statement; its parameters are ?1, ?2 and so on.</summary>
    public SqliteCommand Prepare(string text, int parameters)
    {
        var command = connection.CreateCommand();
        command.CommandText = text;
        for (var i = 1; i <= parameters; i++)
        {
            command.Parameters.Add(new SqliteParameter { ParameterName = "?" + i });
        }

        _commands.Add(command);
        return command;
    }

    public static SqliteCommand Bind(SqliteCommand command, params ReadOnlySpan<object?> values)
    {
        for (var i = 0; i < values.Length; i++)
        {
            command.Parameters[i].Value = values[i] ?? DBNull.Value;
        }

        return command;
    }

    public void Dispose()
    {
        foreach (var command in _commands)
        {
            command.Dispose();
        }
    }
}
