using Microsoft.Data.Sqlite;

namespace DurableTask.Sqlite.Store;

/// <summary>Looks at a file before anything is written to it, so that one that is refused keeps every byte.</summary>
internal static class StoreInspection
{
    /// <summary>Checks a file that is not open, through a connection that cannot write.</summary>
    /// <param name="path">The file.</param>
    /// <param name="lastCommit">The last transaction that a killed process noted; null: the last one ended in order.</param>
    /// <returns>False when it can only be read by one that can.</returns>
    /// <exception cref="SqliteStoreException">It is damaged, of another version, or another program's.</exception>
    /// <exception cref="SqliteException">It cannot be read.</exception>
    public static bool TryCheck(string path, long? lastCommit)
    {
        FileInfo file = new(path);
        if (!file.Exists)
        {
            return lastCommit is null or 0 ? true : throw Lost(path, "is gone");
        }

        if (file.Length == 0)
        {
            return new FileInfo(path + "-wal") is { Exists: true, Length: > 0 }
                ? throw new SqliteStoreException($"The database {path} is damaged: it is empty, and its -wal is not. {StoreFailure.DamageAdvice(path)}")
                : lastCommit is null or 0 ? true : throw Lost(path, "is empty");
        }

        using SqliteConnection connection = new(
            new SqliteConnectionStringBuilder { DataSource = path, Mode = SqliteOpenMode.ReadOnly, Pooling = false }.ToString());
        try
        {
            connection.Open();
            Check(connection, path, lastCommit);
            return true;
        }
        catch (SqliteException exception) when (StoreFailure.NeedsRecovery(exception))
        {
            // What a killed program left half-done must be taken back before the file can be read at all, and only a writer can.
            return false;
        }
    }

    /// <summary>The same on an open connection.</summary>
    /// <exception cref="SqliteStoreException">It is damaged, of another version, or another program's.</exception>
    public static void Check(SqliteConnection connection, string path, long? lastCommit)
    {
        var application = Convert.ToInt32(Read(connection, "PRAGMA application_id"));
        var version = Convert.ToInt32(Read(connection, "PRAGMA user_version"));
        var tables = Convert.ToInt32(Read(connection, "SELECT count(*) FROM sqlite_master WHERE type = 'table'"));
        if (application != StoreSchema.ApplicationId && (application != 0 || version != 0 || tables > 0))
        {
            var ofOldFormat = Convert.ToInt32(
                Read(connection, "SELECT count(*) FROM sqlite_master WHERE type = 'table' AND name IN ('instances', 'steps', 'messages')")) == 3;
            throw new SqliteStoreException(application == 0 && ofOldFormat
                ? $"The database {path} is of an older format, which this version does not read. It was left as it is. "
                    + "Let the program that wrote it finish its orchestrations, then move the file away; or choose another file."
                : $"The database {path} is another program's. It was left as it is. Move it away, or choose another file.");
        }

        if (version > StoreSchema.Version)
        {
            throw new SqliteStoreException(
                $"The database {path} is of version {version}; this program knows versions up to {StoreSchema.Version}. It was left as it is. "
                + "Use the program that wrote it, or another file.");
        }

        if (Read(connection, "PRAGMA quick_check(1)") is string verdict && verdict != "ok")
        {
            throw new SqliteStoreException($"The database {path} is damaged: {verdict}. {StoreFailure.DamageAdvice(path)}");
        }

        var found = version == 0 ? 0 : CountCommits(connection);
        if (found < lastCommit)
        {
            throw Lost(path, $"ends with transaction {found}");
        }
    }

    /// <summary>How many transactions the file has seen; 0 for a new one.</summary>
    public static long CountCommits(SqliteConnection connection) => (long)Read(connection, "SELECT number FROM commits")!;

    private static SqliteStoreException Lost(string path, string what) => new(
        $"The database {path} {what}, and its last process, which was killed, had committed more: "
        + $"the rest is in a {path}-wal that is missing, or the file is an older copy. "
        + "It was left as it is. Put back what is missing. "
        + $"If that cannot be had, removing {path}.running goes on from this earlier state: work that was done may be done a second time.");

    private static object? Read(SqliteConnection connection, string sql)
    {
        using var command = connection.CreateCommand();
        command.CommandText = sql;
        return command.ExecuteScalar();
    }
}
