using System.Runtime.InteropServices;
using System.Text;

namespace Benchmarks.Soak.Fuzz;

/// <summary>Fills folders with files whose names and kinds follow from a seed: names as they come, and such as meet or cannot be kept.</summary>
internal sealed class NameMaker(ulong seed)
{
    private const int LongestNameBytes = 255;
    private const int MostFiles = 24;

    // What means something in a name here, or to a file system, a shell, a URL, SQL or an S3 key.
    private static readonly byte[][] s_parts =
    [
        .. new[]
        {
            "x", "X", "y", "x", "spotify_raw_", "spotify_raw_", ".json", ".json", ".json", ".JSON", ".jsonl", ".ndjson", ".gz",
            "~0123abcd", "~", ".", "..", " ", "\\", "\n", "\t", "\u0001", "\u007F", "\u0085", "é", "e\u0301", "😀", "\u202E", "\uFFFD",
            "%2F", "%", "+", "?", "#", "*", "'", "\"", "$(x)", ";", ":", "CON",
            "_20260101T060000Z", "2024-04-22 06:00:00.123456", new string('x', 200), new string('é', 110),
        }.Select(Encoding.UTF8.GetBytes),
    ];

    private static readonly byte[][] s_notUtf8 = [[0xFF], [0xC3], [0xED, 0xA0, 0x80]];

    private readonly SeededChoices _choices = new(seed);
    private int _written;

    /// <summary>Fills a folder, and gives what its files hold.</summary>
    /// <param name="folder">The folder's path.</param>
    /// <param name="strange">Whether there may be links that lead nowhere, folders, and names that are not UTF-8, too.</param>
    public List<string> Fill(string folder, bool strange)
    {
        Directory.CreateDirectory(folder);
        List<string> contents = [];
        for (var files = _choices.Between(0, MostFiles); files > 0; files--)
        {
            var kind = strange ? _choices.Below(12) : 2;

            // A folder of a raw file's name is told by name when that file is to be written; it is nothing to go on with.
            byte[] path = [.. Encoding.UTF8.GetBytes(folder), (byte)'/', .. Name(strange), .. kind == 0 ? ".d"u8 : [], 0];
            var content = kind > 1 ? Content() : null;
            if (kind == 0)
            {
                _ = mkdir(path, Mode: 0x1FF);
            }
            else if (kind == 1)
            {
                _ = symlink("nowhere\0"u8.ToArray(), path);
            }
            else if (open(path, CreateNew, Mode: 0x1B6) is >= 0 and var opened)
            {
                using FileStream file = new(new Microsoft.Win32.SafeHandles.SafeFileHandle(opened, ownsHandle: true), FileAccess.Write);
                file.Write(Encoding.UTF8.GetBytes($"\n{content}\n"));
                contents.Add(content!);
            }
        }

        return contents;
    }

    // Few differ, so that the same bytes meet too.
    private string Content() => _choices.Below(3) == 0
        ? $$"""{"items":[],"same":{{_choices.Below(3)}}}"""
        : $$"""{"items":[],"own":{{_written++}}}""";

    private byte[] Name(bool strange)
    {
        List<byte> name = [];
        for (var parts = _choices.Between(1, 4); parts > 0; parts--)
        {
            name.AddRange(s_parts[_choices.Below(s_parts.Length)]);
        }

        if (strange && _choices.Below(20) == 0)
        {
            name.AddRange(s_notUtf8[_choices.Below(s_notUtf8.Length)]);
        }

        if (_choices.Below(2) == 0)
        {
            name.AddRange(".json"u8);
        }

        return name is [(byte)'.'] or [(byte)'.', (byte)'.'] ? "x"u8.ToArray() : Cut(name);
    }

    // Between characters.
    private static byte[] Cut(List<byte> name)
    {
        var length = Math.Min(name.Count, LongestNameBytes);
        while (length < name.Count && (name[length] & 0xC0) == 0x80)
        {
            length--;
        }

        return [.. name.Take(length)];
    }

#pragma warning disable IDE1006, SYSLIB1054 // Their own names; generated marshalling would need unsafe code.
    // O_WRONLY, O_CREAT and O_EXCL of Linux.
    private const int CreateNew = 0x1 | 0x40 | 0x80;

    [DllImport("libc")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern int open(byte[] path, int flags, int Mode);

    [DllImport("libc")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern int mkdir(byte[] path, int Mode);

    [DllImport("libc")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern int symlink(byte[] target, byte[] path);
#pragma warning restore IDE1006, SYSLIB1054
}
