using Microsoft.Data.Sqlite;

namespace EmbeddedHost.Store;

/// <summary>Looks at a state file before anything is written to it, so that one that is refused keeps every byte.</summary>
internal static class StoreInspection
{
    /// <summary>Checks a file that is not open, through a connection that cannot write.</summary>
    /// <returns>False when it can only be read by one that can.</returns>
    /// <exception cref="EmbeddedHostException">It is damaged, of a later version, or another program's.</exception>
    /// <exception cref="SqliteException">It cannot be read.</exception>
    public static bool TryCheck(string path)
    {
        FileInfo file = new(path);
        if (!file.Exists)
        {
            return true;
        }

        if (file.Length == 0)
        {
            return new FileInfo(path + "-wal") is not { Exists: true, Length: > 0 }
                ? true
                : throw new EmbeddedHostException($"The state file {path} is damaged: it is empty, and its -wal is not. {StoreFailure.DamageAdvice(path)}");
        }

        using SqliteConnection connection = new(
            new SqliteConnectionStringBuilder { DataSource = path, Mode = SqliteOpenMode.ReadOnly, Pooling = false }.ToString());
        try
        {
            connection.Open();
            Check(connection, path);
            return true;
        }
        catch (SqliteException exception) when (StoreFailure.NeedsRecovery(exception))
        {
            // What a killed program left half-done must be taken back before the file can be read at all, and only a writer can.
            return false;
        }
    }

    /// <summary>The same on an open connection.</summary>
    /// <exception cref="EmbeddedHostException">It is damaged, of a later version, or another program's.</exception>
    public static void Check(SqliteConnection connection, string path)
    {
        var version = Convert.ToInt32(Read(connection, "PRAGMA user_version"), System.Globalization.CultureInfo.InvariantCulture);
        if (version > StoreSchema.Version)
        {
            throw new EmbeddedHostException(
                $"The state file {path} is of version {version}; this program knows versions up to {StoreSchema.Version}. It was left as it is. "
                + "Use the program that wrote it, or another state folder.");
        }

        var tables = (long)Read(connection, "SELECT count(*) FROM sqlite_master WHERE type = 'table'")!;
        var ours = (long)Read(connection, "SELECT count(*) FROM sqlite_master WHERE type = 'table' AND name IN ('instances', 'steps', 'messages')")!;
        if (version == 0 ? tables > 0 : ours != 3)
        {
            throw new EmbeddedHostException($"The file {path} is a database of another program. It was left as it is. Move it away, or choose another state folder.");
        }

        if (Read(connection, "PRAGMA quick_check(1)") is string verdict && verdict != "ok")
        {
            throw new EmbeddedHostException($"The state file {path} is damaged: {verdict}. {StoreFailure.DamageAdvice(path)}");
        }
    }

    private static object? Read(SqliteConnection connection, string sql)
    {
        using var command = connection.CreateCommand();
        command.CommandText = sql;
        return command.ExecuteScalar();
    }
}
