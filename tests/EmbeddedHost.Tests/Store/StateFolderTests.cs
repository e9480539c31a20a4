using System.Runtime.Versioning;
using EmbeddedHost.Store;

namespace EmbeddedHost.Tests.Store;

[UnsupportedOSPlatform("windows")]
public sealed class StateFolderTests
{
    [Fact]
    public void A_state_folder_opens_to_its_owner_alone()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "Windows keeps a folder's rights with its parent.");
        using TemporaryFolder parent = new();
        var path = Path.Combine(parent.Path, "made", "state");

        StateFolder.Take(path, TimeProvider.System).Dispose();

        Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute, File.GetUnixFileMode(path));
    }

    [Fact]
    public void A_folder_that_was_there_keeps_its_mode()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "Windows keeps a folder's rights with its parent.");
        using TemporaryFolder parent = new();
        const UnixFileMode Shared = UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute | UnixFileMode.GroupRead | UnixFileMode.GroupExecute;
        var path = Directory.CreateDirectory(Path.Combine(parent.Path, "state"), Shared).FullName;

        StateFolder.Take(path, TimeProvider.System).Dispose();

        Assert.Equal(Shared, File.GetUnixFileMode(path));
    }
}
