using SpotifyEtl.Local.Terminal;

namespace SpotifyEtl.Local.Formats;

/// <summary>The file that <c>--out</c> names.</summary>
internal static class OutFile
{
    /// <summary>Its full path.</summary>
    /// <param name="shell">What the path may be relative to.</param>
    /// <param name="given">What was given.</param>
    /// <param name="what">What is written to it, in a word.</param>
    /// <param name="example">A name that it may have.</param>
    /// <exception cref="UsageException">It cannot be written.</exception>
    public static string Given(Shell shell, string given, string what, string example)
    {
        var path = shell.PathOf(given);
        if (given.Length == 0 || Directory.Exists(path) || path.StartsWith("/dev/", StringComparison.Ordinal))
        {
            throw new UsageException($"--out {given}: that is no file. Give the name of the file to write, such as {example}.");
        }

        var folder = Path.GetDirectoryName(path)!;
        return Directory.Exists(folder)
            ? path
            : throw new UsageException($"The {what} {path} cannot be written: there is no folder {folder}. Make it first, or name another file with --out.");
    }

    /// <summary>Has a file written under a temporary name and renames it: it appears whole or not at all.</summary>
    /// <exception cref="UsageException">It cannot be written.</exception>
    public static async Task<T> WriteAsync<T>(string path, string what, Func<Stream, Task<T>> write)
    {
        // A link stays one, to what was written.
        var target = new FileInfo(path).LinkTarget is null ? path : File.ResolveLinkTarget(path, returnFinalTarget: true)!.FullName;
        var temporary = $"{target}.{Guid.NewGuid():N}.tmp";
        try
        {
            T written;
            await using (FileStream stream = new(temporary, FileMode.CreateNew, FileAccess.Write))
            {
                written = await write(stream);
            }

            File.Move(temporary, target, overwrite: true);
            return written;
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw new UsageException($"The {what} {path} cannot be written: {exception.Message} Name another file with --out.");
        }
        finally
        {
            File.Delete(temporary);
        }
    }
}
