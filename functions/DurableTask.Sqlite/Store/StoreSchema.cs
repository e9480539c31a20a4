using System.Reflection;
using Microsoft.Data.Sqlite;

namespace DurableTask.Sqlite.Store;

/// <summary>Brings a file to this version's tables, by numbered migrations; user_version counts those it has had.</summary>
internal static class StoreSchema
{
    /// <summary>What SQLite's application_id says of a file of this provider: "DTSQ".</summary>
    public const int ApplicationId = 0x44545351;

    private static readonly List<string> s_migrations = Migrations();

    /// <summary>The version that this program's tables have.</summary>
    public static int Version => s_migrations.Count;

    /// <summary>Brings a file that <see cref="StoreInspection"/> let through to this version.</summary>
    public static void Migrate(SqliteConnection connection)
    {
        Execute(connection, "PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL; PRAGMA temp_store = MEMORY;");
        var version = Convert.ToInt32(Execute(connection, "PRAGMA user_version"));
        for (var number = version; number < s_migrations.Count; number++)
        {
            using var transaction = connection.BeginTransaction();
            Execute(connection, s_migrations[number], transaction);
            Execute(connection, $"PRAGMA application_id = {ApplicationId}; PRAGMA user_version = {number + 1}", transaction);
            transaction.Commit();
        }
    }

    private static List<string> Migrations()
    {
        var assembly = Assembly.GetExecutingAssembly();
        List<string> scripts = [];
        foreach (var name in assembly.GetManifestResourceNames().Where(name => name.EndsWith(".sql", StringComparison.Ordinal)).Order(StringComparer.Ordinal))
        {
            using StreamReader reader = new(assembly.GetManifestResourceStream(name)!);
            scripts.Add(reader.ReadToEnd());
        }

        return scripts;
    }

    private static object? Execute(SqliteConnection connection, string sql, SqliteTransaction? transaction = null)
    {
        using var command = connection.CreateCommand();
        command.CommandText = sql;
        command.Transaction = transaction;
        return command.ExecuteScalar();
    }
}
