using SpotifyEtl.Errors;

namespace SpotifyEtl.Local.Lake;

/// <summary>Reads the setting Lake__Uri as the Local edition takes it: <c>file:path</c> or a plain path.</summary>
public static class LakeUri
{
    public const string Default = "file:lake/spotify-etl-project-demo";

    /// <summary>
    /// The folder that <paramref name="uri"/> names, as it is written there; relative ones count from the current folder. The path is
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
            throw NotAllowed(text, "the one-machine edition keeps its lake in a folder and does not write to S3");
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
        new($"Lake__Uri (--lake) is '{text}': {reason}. Allowed: file:path or a path, relative or absolute; the default is {Default}.");
}
