namespace SpotifyEtl.Lake;

/// <summary>The key prefixes of the lake: the tutorial's folders and ours.</summary>
public static class LakeKeys
{
    public const string ToProcess = "raw_data/to_process/";

    public const string Processed = "raw_data/processed/";

    public const string Rejected = "raw_data/rejected/";

    public const string Transformed = "transformed_data/";

    public const string Runs = "run_data/runs/";

    public const string Files = "run_data/files/";

    public const string Playlists = "run_data/playlists/";

    /// <summary>The newest run that succeeded.</summary>
    public const string LastGoodRun = "run_data/last_good_run.json";

    /// <summary>What was told last of runs.</summary>
    public const string Notification = "run_data/notification.json";

    /// <summary>
    /// Whether a key is that of an object in a folder: not in one inside it, nor the empty object that some tools make for the folder itself.
    /// </summary>
    public static bool IsDirectlyIn(string folder, string key) => key.LastIndexOf('/') == folder.Length - 1 && key.Length > folder.Length;

    /// <summary>The name of the file that says why a raw file was set aside.</summary>
    public static string ErrorFor(RawFileName file) => $"{Rejected}{file.Name}.error.json";

    public static string RunRecord(string runId) => $"{Runs}{runId}.json";

    public static string FileRecord(string runId, RawFileName file) => $"{Files}{runId}/{file.Stem}.json";

    public static string PlaylistRecord(string playlistId) => $"{Playlists}{playlistId}.json";
}
