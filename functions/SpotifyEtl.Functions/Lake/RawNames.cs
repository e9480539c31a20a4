using System.Security.Cryptography;
using System.Text;

namespace SpotifyEtl.Lake;

/// <summary>Which names raw files can have: those under which a lake can keep the file, the tables that are made of it and what is said of it.</summary>
public static class RawNames
{
    /// <summary>The table whose name is the longest; a test holds it to the tables that there are.</summary>
    public const string LongestTable = "song_artist";

    private const string Json = ".json";

    /// <summary>What is wrong with a name, said of the file (such as <c>its name holds a backslash</c>); null: nothing.</summary>
    /// <param name="name">The name, without a folder.</param>
    /// <param name="mostNameBytes">The longest name, in bytes of UTF-8.</param>
    /// <param name="mostKeyBytes">The longest key of the lake, likewise.</param>
    public static string? Fault(string name, int mostNameBytes, int mostKeyBytes)
    {
        if (name.Length == 0 || name[0] == '.')
        {
            return "its name is empty or begins with a dot, and such names are none in the lake";
        }

        if (name.Contains('/', StringComparison.Ordinal) || name.Contains('\\', StringComparison.Ordinal))
        {
            return "its name holds a backslash or a slash";
        }

        if (name.Any(char.IsControl))
        {
            return "its name holds a control character";
        }

        if (name.EndsWith(LakeKeys.ErrorExtension, StringComparison.Ordinal))
        {
            return $"its name ends in {LakeKeys.ErrorExtension}, as those files' do that say why one was rejected";
        }

        RawFileName file = new(name);
        string[] keys =
        [
            $"{LakeKeys.Transformed}{LongestTable}_data/{LongestTable}_transformed_{file.Stem}.csv",
            LakeKeys.ErrorFor(file),
        ];
        return keys.Select(key => TooLong(key, mostNameBytes, mostKeyBytes)).FirstOrDefault(fault => fault is not null);
    }

    /// <summary>What is wrong with a name that the file system has in another encoding.</summary>
    public static string NotUtf8 => "its name is not UTF-8";

    /// <summary>A name for a file whose own cannot be used: what can be kept of that, and something by which it is told from others.</summary>
    /// <param name="name">The file's own name.</param>
    /// <param name="fault">What the lake finds wrong with a name.</param>
    public static string Usable(string name, Func<string, string?> fault)
    {
        var hash = Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(name)).AsSpan(0, 4));
        var isJson = name.EndsWith(Json, StringComparison.OrdinalIgnoreCase);
        var kept = string.Concat((isJson ? name[..^Json.Length] : name).EnumerateRunes().Select(rune => IsUsable(rune) ? rune.ToString() : "_"));
        kept = kept.StartsWith('.') ? "_" + kept[1..] : kept;
        while (true)
        {
            var usable = $"{kept}~{hash}{(isJson ? Json : string.Empty)}";
            if (kept.Length == 0 || fault(usable) is null)
            {
                return usable;
            }

            kept = kept[..^(char.IsLowSurrogate(kept[^1]) ? 2 : 1)];
        }
    }

    private static bool IsUsable(Rune rune) => !Rune.IsControl(rune) && rune != Rune.ReplacementChar && rune.Value is not ('/' or '\\');

    private static string? TooLong(string key, int mostNameBytes, int mostKeyBytes)
    {
        var name = key[(key.LastIndexOf('/') + 1)..];
        var (nameBytes, keyBytes) = (Encoding.UTF8.GetByteCount(name), Encoding.UTF8.GetByteCount(key));
        return nameBytes > mostNameBytes ? $"its name is too long: {name} would have {nameBytes} bytes, and names here have at most {mostNameBytes}"
            : keyBytes > mostKeyBytes ? $"its name is too long: {key} would have {keyBytes} bytes, and keys here have at most {mostKeyBytes}"
            : null;
    }
}
