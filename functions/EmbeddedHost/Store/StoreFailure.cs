using Microsoft.Data.Sqlite;

namespace EmbeddedHost.Store;

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

    /// <summary>Whether the file as it is stands in the way of starting: it is damaged, or no database.</summary>
    public static bool IsDamage(SqliteException failure) => failure.SqliteErrorCode is Corrupt or NotADatabase;

    /// <summary>Whether only a connection that may write can read the file: the last program to write it was killed.</summary>
    public static bool NeedsRecovery(SqliteException failure) => failure.SqliteErrorCode is ReadOnly or CannotOpen;

    /// <summary>Why the file cannot be opened.</summary>
    public static EmbeddedHostException Open(string path, SqliteException failure) =>
        new($"The state file {path} cannot be opened: {Advice(path, failure) ?? failure.Message}", failure);

    /// <summary>Why it cannot be written, or null when that is not the file's or the disk's fault.</summary>
    public static EmbeddedHostException? Write(string path, SqliteException failure) => Advice(path, failure) is { } advice
        ? new EmbeddedHostException($"The state file {path} cannot be written, and nothing of this was: {advice} Unfinished work is tried again by itself.", failure)
        : null;

    /// <summary>What to do about a damaged file.</summary>
    public static string DamageAdvice(string path) =>
        $"It was left as it is. Restore it from a backup, or move it away together with {path}-wal and {path}-shm: a new one is then made, and runs that had not ended are forgotten.";

    private static string? Advice(string path, SqliteException failure) => failure.SqliteErrorCode switch
    {
        Full => "the disk is full. Free some space.",
        ReadOnly => "it is read-only. Give the user of this program write access to the file and its folder, or choose another state folder.",
        Permission or CannotOpen => "access is denied, or the folder is read-only or gone. Give the user of this program write access to the folder, or choose another state folder.",
        Busy or Locked => "another program holds it. Close that program.",
        InputOutput => $"the disk reports an error ({failure.SqliteExtendedErrorCode}). Check the disk, its quota, and the limits of this process.",
        OutOfMemory => "memory is short. Free some.",
        Corrupt or NotADatabase => $"it is damaged, or no database: {failure.Message}. {DamageAdvice(path)}",
        _ => null,
    };
}
