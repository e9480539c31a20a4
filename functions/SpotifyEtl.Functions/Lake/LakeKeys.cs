using System.Security.Cryptography;
using System.Text;

namespace SpotifyEtl.Lake;

/// <summary>The key prefixes of the lake: the tutorial's folders and ours.</summary>
public static class LakeKeys
{
    public const string ToProcess = "raw_data/to_process/";

    public const string Processed = "raw_data/processed/";

    public const string Rejected = "raw_data/rejected/";

    public const string Transformed = "transformed_data/";

    /// <summary>The typed tables.</summary>
    public const string Analytics = "analytics_data/";

    /// <summary>What is known of months, and which raw files each of them has rows of.</summary>
    public const string Months = "run_data/months/";

    /// <summary>The files by which a month's typed tables have to be written again.</summary>
    public const string DueMonths = "run_data/months/due/";

    public const string Runs = "run_data/runs/";

    public const string Files = "run_data/files/";

    public const string Playlists = "run_data/playlists/";

    /// <summary>How far sources are loaded that are read on from where they were read to.</summary>
    public const string Sources = "run_data/sources/";

    /// <summary>What follows a raw file's name in that of the file that says why it was set aside.</summary>
    public const string ErrorExtension = ".error.json";

    /// <summary>The newest run that succeeded.</summary>
    public const string LastGoodRun = "run_data/last_good_run.json";

    /// <summary>What was told last of runs.</summary>
    public const string Notification = "run_data/notification.json";

    /// <summary>The name of the raw file, waiting or processed, that a key is of; null: it is of something else.</summary>
    public static string? RawNameIn(string key) => NameIn(ToProcess, key) ?? NameIn(Processed, key);

    /// <summary>The key of the file that says why a raw file was set aside.</summary>
    public static string ErrorFor(RawFileName file) => $"{Rejected}{file.Name}{ErrorExtension}";

    public static string RunRecord(string runId) => $"{Runs}{runId}.json";

    public static string FileRecord(string runId, RawFileName file) => $"{Files}{runId}/{file.Stem}.json";

    public static string PlaylistRecord(string playlistId) => $"{Playlists}{playlistId}.json";

    public static string SourceBookmark(string name) => $"{Sources}{name}.json";

    public static string MonthRecord(string month) => $"{Months}{month}.json";

    /// <summary>The key prefix of a month's entries.</summary>
    public static string MonthEntries(string month) => $"{Months}{month}/";

    public static string MonthEntry(string month, string stem) => $"{MonthEntries(month)}{stem}.json";

    /// <summary>The key prefix of what makes a month due.</summary>
    public static string Due(string month) => $"{DueMonths}{month}/";

    /// <summary>The key by which a run makes a month due for a raw file: each run has its own, so that none takes back another's.</summary>
    public static string Due(string month, string runId, string stem) => $"{Due(month)}{stem}.{ShortHash(runId)}.json";

    private static string ShortHash(string text) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text)).AsSpan(0, 6));

    // Folders inside the folder, and the empty objects that some tools make for folders, are no raw files.
    private static string? NameIn(string folder, string key) =>
        key.Length > folder.Length && key.StartsWith(folder, StringComparison.Ordinal) && key.IndexOf('/', folder.Length) < 0 ? key[folder.Length..] : null;
}
