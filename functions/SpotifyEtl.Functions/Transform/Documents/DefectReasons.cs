namespace SpotifyEtl.Transform.Documents;

/// <summary>The codes for why a whole raw file is set aside.</summary>
public static class DefectReasons
{
    public const string Empty = "empty";

    public const string Encoding = "encoding";

    public const string Gzip = "gzip";

    public const string NotJson = "not_json";

    public const string Truncated = "truncated";

    public const string TooDeep = "too_deep";

    public const string TooLarge = "too_large";

    public const string UnknownShape = "unknown_shape";

    public const string DuplicateRows = "duplicate_rows";

    public const string MostlyRejected = "mostly_rejected";

    /// <summary>What lies among the raw files is no readable file, or has a name that none can have.</summary>
    public const string NoFile = "no_file";
}
