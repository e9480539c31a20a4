using System.IO.Enumeration;
using System.Text;
using SpotifyEtl.Lake;

namespace SpotifyEtl.Local.Lake;

/// <summary>Finds the keys of a folder in one scan, without asking for any file's size.</summary>
internal static class FolderListing
{
    private static readonly EnumerationOptions s_allFiles = new()
    {
        RecurseSubdirectories = true,
        AttributesToSkip = FileAttributes.None,
        IgnoreInaccessible = false,
    };

    /// <summary>
    /// The keys that begin with <paramref name="prefix"/> and are greater than <paramref name="startAfter"/>, in ordinal order, raw files' names
    /// that are no keys among them. Left out are hidden files, other files whose name is no key, and what lies behind a link to a folder.
    /// </summary>
    public static List<string> Keys(string root, string prefix, string? startAfter, CancellationToken cancellationToken)
    {
        if (FolderKey.IsHidden(prefix))
        {
            return [];
        }

        var folder = Path.Combine(root, prefix[..(prefix.LastIndexOf('/') + 1)]);
        if (!Directory.Exists(folder))
        {
            return [];
        }

        var keys = new List<string>();
        foreach (var key in Scan(root, folder))
        {
            cancellationToken.ThrowIfCancellationRequested();
            if (key.StartsWith(prefix, StringComparison.Ordinal)
                && (startAfter is null || string.CompareOrdinal(key, startAfter) > 0)
                && (FolderKey.IsValid(key) || LakeKeys.RawNameIn(key) is not null))
            {
                keys.Add(key);
            }
        }

        keys.Sort(StringComparer.Ordinal);
        return keys;
    }

    private static FileSystemEnumerable<string> Scan(string root, string folder) =>
        new(folder, (ref FileSystemEntry entry) => KeyOf(root, ref entry), s_allFiles)
        {
            ShouldIncludePredicate = (ref FileSystemEntry entry) => !entry.IsDirectory && !entry.FileName.StartsWith('.'),
            ShouldRecursePredicate = (ref FileSystemEntry entry) => !entry.FileName.StartsWith('.') && !entry.Attributes.HasFlag(FileAttributes.ReparsePoint)
                && !IsLongerThanItIs(entry.FileName),
        };

    // As .NET reads it, the name of a folder that is not UTF-8 leads to nothing, which the scan passes over; or it is too long for any folder, at
    // which the scan would end.
    private static bool IsLongerThanItIs(ReadOnlySpan<char> name) =>
        name.Contains('\uFFFD') && Encoding.UTF8.GetByteCount(name) > FolderKey.LongestNameBytes;

    private static string KeyOf(string root, ref FileSystemEntry entry)
    {
        var folder = entry.Directory[root.Length..].Trim(Path.DirectorySeparatorChar);
        return folder.IsEmpty
            ? entry.FileName.ToString()
            : $"{(Path.DirectorySeparatorChar == '/' ? folder.ToString() : folder.ToString().Replace(Path.DirectorySeparatorChar, '/'))}/{entry.FileName}";
    }
}
