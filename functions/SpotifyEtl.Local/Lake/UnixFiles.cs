using System.Runtime.InteropServices;
using System.Text;
using Microsoft.Win32.SafeHandles;

namespace SpotifyEtl.Local.Lake;

/// <summary>
/// What .NET does not tell of files on Linux: of which kind one is without opening it, which waits where it is a named pipe, and names that are not UTF-8.
/// </summary>
internal static class UnixFiles
{
    private const string C = "libc";

    private const int CurrentFolder = -100;
    private const int DoNotFollow = 0x100;
    private const uint Mode = 0x1 | 0x2;
    private const int StatxBytes = 256;
    private const int ModeOffset = 28;
    private const int KindMask = 0xF000;
    private const int Regular = 0x8000;
    private const int MayRead = 4;
    private const int NameOffset = 19;
    private const uint BeginWrite = 2;

    private const int NotThere = 2;
    private const int NoFolder = 20;
    private const int TooLong = 36;
    private const int NotAllowed = 13;
    private const int IsThere = 17;
    private const int Circle = 40;

    /// <summary>What keeps a file from being read, said of it, such as <c>it is a named pipe</c>; null: nothing, or it is not there at all.</summary>
    public static string? Fault(string path)
    {
        var name = Bytes(path);
        var (kind, error) = KindOf(name, flags: 0);
        return kind switch
        {
            Regular => access(name, MayRead) != 0 && Marshal.GetLastPInvokeError() == NotAllowed ? "this user may not read it" : null,
            0x1000 => "it is a named pipe",
            0x2000 or 0x6000 => "it is a device",
            0x4000 => "it is a folder",
            0xC000 => "it is a socket",
            not null => "it is no regular file",
            null when error is NotAllowed => "this user may not get at it",
            null when error is Circle => "it is a link that leads in a circle",
            null when Exists(path) => "it is a link to what is not there",
            null => null,
        };
    }

    /// <summary>Whether there is something under a name, a link that leads nowhere included.</summary>
    public static bool Exists(string path) => KindOf(Bytes(path), DoNotFollow) is not { Kind: null, Error: NotThere or NoFolder or TooLong };

    /// <summary>Whether a folder holds a file whose name is not UTF-8 and reads so.</summary>
    public static bool HasUnreadable(string folder, string name) => NamesIn(folder).Exists(candidate => Encoding.UTF8.GetString(candidate) == name);

    /// <summary>Renames a file whose name is not UTF-8: the one that reads so, with the replacement character for what cannot be read.</summary>
    /// <returns>Whether there was one.</returns>
    /// <exception cref="IOException">It cannot be renamed.</exception>
    public static bool TryRenameUnreadable(string folder, string name, string destination)
    {
        var bytes = NamesIn(folder).Find(candidate => Encoding.UTF8.GetString(candidate) == name);
        if (bytes is null)
        {
            return false;
        }

        byte[] source = [.. Encoding.UTF8.GetBytes(folder), (byte)'/', .. bytes, 0];
        return rename(source, Bytes(destination)) == 0 ? true : throw new IOException($"The system's error {Marshal.GetLastPInvokeError()}.");
    }

    /// <summary>
    /// Lets the system begin to push a part of a file to the disk, and waits for nothing: who syncs the file later finds most of it there. It may not.
    /// </summary>
    public static void BeginWriting(SafeFileHandle file, long offset, long count) => _ = sync_file_range(file, offset, count, BeginWrite);

    /// <summary>Gives a file a further name. False: that cannot be done here, or not any more.</summary>
    public static bool TryLink(string path, string name) => link(Bytes(path), Bytes(name)) == 0 || Marshal.GetLastPInvokeError() == IsThere;

    private static List<byte[]> NamesIn(string folder)
    {
        List<byte[]> names = [];
        var opened = opendir(Bytes(folder));
        if (opened == 0)
        {
            return names;
        }

        try
        {
            for (var entry = readdir(opened); entry != 0; entry = readdir(opened))
            {
                List<byte> name = [];
                for (var offset = NameOffset; Marshal.ReadByte(entry, offset) is not 0 and var part; offset++)
                {
                    name.Add(part);
                }

                names.Add([.. name]);
            }
        }
        finally
        {
            _ = closedir(opened);
        }

        return names;
    }

    private static (int? Kind, int Error) KindOf(byte[] path, int flags)
    {
        var result = new byte[StatxBytes];
        return statx(CurrentFolder, path, flags, Mode, result) == 0
            ? (BitConverter.ToUInt16(result, ModeOffset) & KindMask, 0)
            : (null, Marshal.GetLastPInvokeError());
    }

    private static byte[] Bytes(string path) => Encoding.UTF8.GetBytes(path + '\0');

#pragma warning disable IDE1006, SYSLIB1054 // Their own names; generated marshalling would need unsafe code.
    [DllImport(C, SetLastError = true)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern int statx(int folder, byte[] path, int flags, uint mask, byte[] result);

    [DllImport(C, SetLastError = true)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern int access(byte[] path, int mode);

    [DllImport(C, SetLastError = true)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern int rename(byte[] source, byte[] destination);

    [DllImport(C, SetLastError = true)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern int link(byte[] path, byte[] name);

    [DllImport(C)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern int sync_file_range(SafeFileHandle file, long offset, long count, uint flags);

    [DllImport(C)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern nint opendir(byte[] path);

    [DllImport(C)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern nint readdir(nint folder);

    [DllImport(C)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern int closedir(nint folder);
#pragma warning restore IDE1006, SYSLIB1054
}
