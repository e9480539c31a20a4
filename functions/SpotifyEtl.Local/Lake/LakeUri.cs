using SpotifyEtl.Errors;

namespace SpotifyEtl.Local.Lake;

/// <summary>Reads the setting Lake__Uri as the Local edition takes it: <c>file:path</c>, a plain path, or <c>s3://bucket[/prefix]</c>.</summary>
public static class LakeUri
{
    public const string Default = "file:lake/spotify-etl-project-demo";

    /// <summary>The demo's own.</summary>
    public const string Demo = "file:lake/demo";

    /// <summary>Whether the lake is on S3, and its catalog Glue and Athena.</summary>
    public static bool IsS3(string? uri) => uri?.TrimStart().StartsWith("s3:", StringComparison.OrdinalIgnoreCase) is true;

    /// <summary>
    /// The folder that <paramref name="uri"/> names, as it is written there; relative ones count from the folder that the program is called in. The path is
    /// taken literally: percent signs and <c>~</c> have no meaning.
    /// </summary>
    /// <exception cref="EtlConfigurationException">It names no folder.</exception>
    public static string FolderOf(string? uri)
    {
        var text = string.IsNullOrWhiteSpace(uri) ? Default : uri.Trim();
        var path = PathOf(text);
        if (path.Length == 0 || path.Contains('\0', StringComparison.Ordinal))
        {
            throw NotAllowed(text, "it names no folder");
        }

        return path;
    }

    private static string PathOf(string text)
    {
        // One letter before the colon is a drive, not a scheme.
        var colon = text.IndexOf(':', StringComparison.Ordinal);
        if (colon <= 1 || !text[..colon].All(char.IsAsciiLetterOrDigit))
        {
            return text;
        }

        var scheme = text[..colon];
        if (scheme.Equals("s3", StringComparison.OrdinalIgnoreCase))
        {
            throw NotAllowed(text, "it is on S3 and no folder");
        }

        if (!scheme.Equals("file", StringComparison.OrdinalIgnoreCase))
        {
            throw NotAllowed(text, $"{scheme}: is not known");
        }

        var path = text[(colon + 1)..];
        if (!path.StartsWith("//", StringComparison.Ordinal))
        {
            return path;
        }

        if (!path.StartsWith("///", StringComparison.Ordinal))
        {
            throw NotAllowed(text, "a folder on another host cannot be used");
        }

        return OperatingSystem.IsWindows() ? path[3..] : path[2..];
    }

    private static EtlConfigurationException NotAllowed(string text, string reason) =>
        new(
            $"Lake__Uri (--lake) is '{text}': {reason}. Allowed: file:path or a path, relative or absolute, or s3://bucket[/prefix]; the default is "
                + $"{Default}.");
}
