using Microsoft.Data.Sqlite;

namespace DurableTask.Sqlite.Store;

/// <summary>Says what kept SQLite from its file, and what to do.</summary>
internal static class StoreFailure
{
    private const int Permission = 3;
    private const int Busy = 5;
    private const int Locked = 6;
    private const int OutOfMemory = 7;
    private const int ReadOnly = 8;
    private const int InputOutput = 10;
    private const int Corrupt = 11;
    private const int Full = 13;
    private const int CannotOpen = 14;
    private const int NotADatabase = 26;

    /// <summary>Whether only a connection that may write can read the file: the last program to write it was killed.</summary>
    public static bool NeedsRecovery(SqliteException failure) => failure.SqliteErrorCode is ReadOnly or CannotOpen;

    /// <summary>Whether the same write can succeed later: there is room again, or another program has let go of the file.</summary>
    public static bool MayPass(Exception failure) =>
        failure is SqliteException { SqliteErrorCode: Permission or Busy or Locked or OutOfMemory or ReadOnly or InputOutput or Full or CannotOpen };

    /// <summary>Why the file cannot be opened.</summary>
    public static SqliteStoreException Open(string path, Exception failure) => failure is SqliteException sqlite
        ? new($"The database {path} cannot be opened: {Advice(path, sqlite) ?? sqlite.Message}", failure)
        : new(
            $"The database {path} cannot be used: {failure.Message} Give the user of this program write access to its folder, or choose another file.",
            failure);

    /// <summary>Why it cannot be written; the exception itself when that is not the file's or the disk's fault.</summary>
    public static Exception Write(string path, Exception failure) => failure is SqliteException sqlite && Advice(path, sqlite) is { } advice
        ? new SqliteStoreException(
            $"The database {path} cannot be written, and nothing of this was: {advice} Unfinished work is tried again by itself.", failure)
        : failure;

    /// <summary>What to do about a damaged file.</summary>
    public static string DamageAdvice(string path) =>
        $"It was left as it is. Restore it from a backup, or move it away together with {path}-wal and {path}-shm: "
        + "a new one is then made, and orchestrations that had not ended are forgotten.";

    private static string? Advice(string path, SqliteException failure) => failure.SqliteErrorCode switch
    {
        Full => "the disk is full. Free some space.",
        ReadOnly => "it is read-only. Give the user of this program write access to the file and its folder, or choose another file.",
        Permission or CannotOpen =>
            "access is denied, or the folder is read-only or gone. Give the user of this program write access to the folder, or choose another file.",
        Busy or Locked => "another program holds it. Close that program.",
        InputOutput => $"the disk reports an error ({failure.SqliteExtendedErrorCode}). Check the disk, its quota, and the limits of this process.",
        OutOfMemory => "memory is short. Free some.",
        Corrupt or NotADatabase => $"it is damaged, or no database: {failure.Message}. {DamageAdvice(path)}",
        _ => null,
    };
}
