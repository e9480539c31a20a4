using System.Diagnostics;

namespace Benchmarks.Soak.Server;

/// <summary>A disk of some megabytes, mounted in a folder, which can be filled. Linux only, and root only.</summary>
internal sealed class SmallDisk : IDisposable
{
    private const int Megabytes = 96;

    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("small-disk-");

    private bool _isKept;

    /// <exception cref="MissingToolException">It cannot be mounted.</exception>
    public SmallDisk()
    {
        if (!TryRun("mount", "-t", "tmpfs", "-o", $"size={Megabytes}m", "tmpfs", _folder.FullName))
        {
            _folder.Delete();
            throw new MissingToolException("A small disk cannot be mounted: this soak mounts a tmpfs, which takes Linux and root.");
        }
    }

    public string Folder => _folder.FullName;

    /// <summary>Leaves it mounted.</summary>
    public void Keep() => _isKept = true;

    private string Filler => Path.Combine(Folder, "filler");

    /// <summary>Fills it but for some bytes.</summary>
    public void Fill(int leave)
    {
        using FileStream file = new(Filler, FileMode.Append, FileAccess.Write, FileShare.None, bufferSize: 0);
        var block = new byte[4096];
        try
        {
            while (true)
            {
                file.Write(block);
            }
        }
        catch (IOException)
        {
            file.SetLength(Math.Max(0, (file.Position - leave) / block.Length * block.Length));
        }
    }

    /// <summary>Gives the room back.</summary>
    public void Free() => File.Delete(Filler);

    public void Dispose()
    {
        if (_isKept)
        {
            return;
        }

        TryRun("umount", "-l", _folder.FullName);
        _folder.Delete();
    }

    private static bool TryRun(string program, params string[] arguments)
    {
        try
        {
            using var process = Process.Start(new ProcessStartInfo(program, arguments) { UseShellExecute = false, RedirectStandardError = true })!;
            process.WaitForExit();
            return process.ExitCode == 0;
        }
        catch (System.ComponentModel.Win32Exception)
        {
            return false;
        }
    }
}
