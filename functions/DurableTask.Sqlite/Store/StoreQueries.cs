using Microsoft.Data.Sqlite;

namespace DurableTask.Sqlite.Store;

/// <summary>Reads a database, each query on a connection of its own.</summary>
internal sealed class StoreQueries(string connectionString)
{
    /// <summary>Runs a query. Its parameters are ?1, ?2 and so on.</summary>
    public List<T> Read<T>(string sql, Func<SqliteDataReader, T> map, params ReadOnlySpan<object?> parameters)
    {
        using SqliteConnection connection = new(connectionString);
        connection.Open();
        using StatementSet once = new(connection);
        List<T> rows = [];
        using var reader = StatementSet.Bind(once.Prepare(sql, parameters.Length), parameters).ExecuteReader();
        while (reader.Read())
        {
            rows.Add(map(reader));
        }

        return rows;
    }

    /// <summary>A text column, or null.</summary>
    public static string? Text(SqliteDataReader row, int column) => row.IsDBNull(column) ? null : row.GetString(column);
}
