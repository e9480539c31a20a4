using System.Reflection;
using Microsoft.Data.Sqlite;

namespace EmbeddedHost.Store;

/// <summary>Brings a state file to this version's tables, by numbered migrations; user_version counts those it has had.</summary>
internal static class StoreSchema
{
    /// <exception cref="EmbeddedHostException">The file is from a later version.</exception>
    public static void Migrate(SqliteConnection connection, string path)
    {
        Execute(connection, "PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL; PRAGMA temp_store = MEMORY;");
        var migrations = Migrations();
        var version = Convert.ToInt32(Execute(connection, "PRAGMA user_version"), System.Globalization.CultureInfo.InvariantCulture);
        if (version > migrations.Count)
        {
            throw new EmbeddedHostException(
                $"The state file {path} is of version {version}; this program knows versions up to {migrations.Count}. Use the program that wrote it, or another state folder.");
        }

        for (var number = version; number < migrations.Count; number++)
        {
            using var transaction = connection.BeginTransaction();
            Execute(connection, migrations[number], transaction);
            Execute(connection, $"PRAGMA user_version = {number + 1}", transaction);
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
