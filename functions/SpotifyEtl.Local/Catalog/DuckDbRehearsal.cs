using DuckDB.NET.Data;
using SpotifyEtl.Local.AthenaSql;
using SpotifyEtl.Local.AthenaSql.DuckDb;
using SpotifyEtl.Local.AthenaSql.Syntax;

namespace SpotifyEtl.Local.Catalog;

/// <summary>
/// Answers a query of no table while its process makes ready, so that the first that is asked does not wait for DuckDB's library to be loaded, nor for
/// the functions that statements are translated by.
/// </summary>
internal static class DuckDbRehearsal
{
    /// <summary>Begins on another thread. What fails, the query that comes tells.</summary>
    public static Task RunAsync() => Task.Run(Run);

    private static void Run()
    {
        try
        {
            using DuckDBConnection connection = new("DataSource=:memory:");
            connection.Open();
            var translation = Translation.Of(
                StatementParser.Parse("SELECT 1"), SessionCatalog.Of(connection, "main"), TimeProvider.System.GetUtcNow());
            Natives.Prepare(connection, translation.Sql);
            using var command = connection.CreateCommand();
            command.CommandText = translation.Sql;
            command.ExecuteNonQuery();
        }
        catch (Exception exception) when (exception is DuckDBException or DllNotFoundException or TypeInitializationException)
        {
        }
    }
}
