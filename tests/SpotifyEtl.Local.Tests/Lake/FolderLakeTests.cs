using System.Text;
using FsCheck;
using FsCheck.Xunit;
using SpotifyEtl.Errors;
using SpotifyEtl.Lake;
using SpotifyEtl.Local.Lake;

namespace SpotifyEtl.Local.Tests.Lake;

public sealed class FolderLakeTests : LakeContract, IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task Keys_are_paths_in_the_folder()
    {
        var lake = await CreateLakeAsync();

        await WriteAsync(lake, "raw_data/to_process/a.json", "x"u8.ToArray());

        Assert.Equal("x", await File.ReadAllTextAsync(_folder.File("raw_data/to_process/a.json"), Cancellation));
        Assert.Equal($"file:{_folder.FullPath}", lake.Location);
    }

    [Theory]
    [InlineData("")]
    [InlineData("/etc/passwd")]
    [InlineData("../outside")]
    [InlineData("a/../../outside")]
    [InlineData("a/..")]
    [InlineData("./a")]
    [InlineData("a//b")]
    [InlineData("a/")]
    [InlineData("a\\b")]
    [InlineData("a\0b")]
    [InlineData("a\nb")]
    public async Task A_key_that_leads_elsewhere_is_refused_by_every_member(string key)
    {
        var lake = await CreateLakeAsync();

        await Assert.ThrowsAsync<PermanentEtlException>(() => lake.FindAsync(key, Cancellation));
        await Assert.ThrowsAsync<PermanentEtlException>(() => lake.OpenReadAsync(key, Cancellation));
        await Assert.ThrowsAsync<PermanentEtlException>(() => lake.CreateAsync(key, Cancellation));
        await Assert.ThrowsAsync<PermanentEtlException>(() => lake.DeleteAsync(key, Cancellation));
        await Assert.ThrowsAsync<PermanentEtlException>(() => lake.MoveAsync(key, "b", "", Cancellation));
        await Assert.ThrowsAsync<PermanentEtlException>(() => lake.MoveAsync("b", key, "", Cancellation));
    }

    [Theory]
    [InlineData("/")]
    [InlineData("../")]
    [InlineData("a/../")]
    [InlineData("a//")]
    [InlineData("a\\")]
    public async Task A_prefix_that_leads_elsewhere_is_refused(string prefix)
    {
        var lake = await CreateLakeAsync();

        await Assert.ThrowsAsync<PermanentEtlException>(() => KeysAsync(lake, prefix));
    }

    [Property(MaxTest = 300)]
    public void No_key_reaches_a_file_outside_the_folder(NonNull<string> text, bool climb)
    {
        var key = climb ? $"{text.Get}/../{text.Get}" : text.Get;
        var lake = new FolderLake(_folder.FullPath);
        if (FolderKey.IsValid(key))
        {
            Assert.StartsWith(_folder.FullPath + Path.DirectorySeparatorChar, Path.GetFullPath(lake.PathOf(key)), StringComparison.Ordinal);
        }
        else
        {
            Assert.Throws<PermanentEtlException>(() => lake.PathOf(key));
        }
    }

    [Property(MaxTest = 100)]
    public void Paging_by_startAfter_gives_each_key_once(ushort chosen)
    {
        string[] names = ["z/b", "a", "b", "B", "ab", "a-b", "a.b", "é", "z/a", "z-a", "z.a/x", "y/z/x", "y/z-x"];
        var found = names.Where((_, index) => (chosen >> index & 1) == 1).ToArray();
        using var folder = new TemporaryFolder();
        foreach (var name in found)
        {
            Directory.CreateDirectory(Path.GetDirectoryName(folder.File(name))!);
            File.WriteAllText(folder.File(name), "");
        }

        var lake = new FolderLake(folder.FullPath);
        var paged = new List<string>();
        while (lake.ListAsync("", paged.LastOrDefault(), Cancellation).ToBlockingEnumerable(Cancellation).FirstOrDefault() is { } next)
        {
            paged.Add(next.Key);
        }

        Assert.Equal(found.Order(StringComparer.Ordinal).ToList(), paged);
    }

    [Fact]
    public async Task Hidden_files_and_folders_are_no_objects()
    {
        var lake = await CreateLakeAsync();
        await WriteAsync(lake, "a/.hidden", [1]);
        await WriteAsync(lake, "a/.folder/b", [1]);
        await WriteAsync(lake, ".catalog/album_data.json", [1]);
        await WriteAsync(lake, "a/shown", [1]);

        Assert.Equal(["a/shown"], await KeysAsync(lake, ""));
        Assert.Empty(await KeysAsync(lake, ".catalog/"));
        Assert.Empty(await KeysAsync(lake, "a/.folder/"));
    }

    [Fact]
    public async Task Ten_thousand_files_list_page_by_page()
    {
        var lake = await CreateLakeAsync();
        Directory.CreateDirectory(_folder.File("raw_data/to_process"));
        for (var i = 0; i < 10_000; i++)
        {
            await File.WriteAllTextAsync(_folder.File($"raw_data/to_process/spotify_raw_{i:D5}.json"), "", Cancellation);
        }

        var keys = new List<string>();
        int before;
        do
        {
            before = keys.Count;
            await foreach (var item in lake.ListAsync(LakeKeys.ToProcess, keys.LastOrDefault(), Cancellation))
            {
                keys.Add(item.Key);
                if (keys.Count == before + 100)
                {
                    break;
                }
            }
        }
        while (keys.Count > before);

        Assert.Equal(10_000, keys.Distinct(StringComparer.Ordinal).Count());
    }

    [Fact]
    public async Task Of_updates_at_once_in_whichever_process_none_loses_anothers()
    {
        const int Updates = 50;
        FolderLake[] lakes = [new(_folder.FullPath), new(_folder.FullPath)];

        await Parallel.ForEachAsync(Enumerable.Range(0, Updates), Cancellation, async (number, cancelled) => await lakes[number % lakes.Length].UpdateAsync(
            "run_data/count.txt", before => Encoding.UTF8.GetBytes($"{int.Parse(Encoding.UTF8.GetString(before ?? "0"u8.ToArray())) + 1}"), cancelled));
        await lakes[0].UpdateAsync("run_data/count.txt", _ => null, Cancellation);

        await using var count = await lakes[1].OpenReadAsync("run_data/count.txt", Cancellation);
        using StreamReader text = new(count);
        Assert.Equal($"{Updates}", await text.ReadToEndAsync(Cancellation));
    }

    [Fact]
    public async Task A_killed_process_leaves_only_what_the_next_start_sweeps()
    {
        var lake = new FolderLake(_folder.FullPath);
        Directory.CreateDirectory(_folder.File(".tmp"));
        await File.WriteAllTextAsync(_folder.File(".tmp/left-behind"), "half an object", Cancellation);

        await lake.PrepareAsync(Cancellation);

        Assert.Empty(Directory.GetFileSystemEntries(_folder.File(".tmp")));
    }

    [Fact]
    public async Task A_sweep_leaves_the_files_that_are_being_written()
    {
        var lake = new FolderLake(_folder.FullPath);
        await using var writer = await lake.CreateAsync("a/b", Cancellation);
        await writer.Stream.WriteAsync("text"u8.ToArray(), Cancellation);

        await new FolderLake(_folder.FullPath).PrepareAsync(Cancellation);
        await writer.CommitAsync(Cancellation);

        Assert.Equal("text"u8.ToArray(), await ReadAsync(lake, "a/b"));
    }

    [Fact]
    public async Task Nothing_is_left_in_the_temporary_folder()
    {
        var lake = new FolderLake(_folder.FullPath);
        await lake.PrepareAsync(Cancellation);
        await WriteAsync(lake, "a/b", [1]);
        await using (var dropped = await lake.CreateAsync("a/c", Cancellation))
        {
            await dropped.Stream.WriteAsync(new byte[200_000], Cancellation);
        }

        Assert.Empty(Directory.GetFileSystemEntries(_folder.File(".tmp")));
    }

    [Fact]
    public async Task A_commit_whose_temporary_file_was_deleted_may_be_repeated()
    {
        var lake = await CreateLakeAsync();
        await using var writer = await lake.CreateAsync("a/b", Cancellation);
        Directory.Delete(_folder.File(".tmp"), recursive: true);

        var failure = await Assert.ThrowsAsync<TransientEtlException>(() => writer.CommitAsync(Cancellation));

        Assert.Contains("a/b", failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_stream_disposed_by_who_filled_it_can_still_be_committed()
    {
        var lake = await CreateLakeAsync();
        await using var writer = await lake.CreateAsync("a/b", Cancellation);
        await using (var text = new StreamWriter(writer.Stream))
        {
            await text.WriteAsync("text");
        }

        await writer.CommitAsync(Cancellation);

        Assert.Equal("text"u8.ToArray(), await ReadAsync(lake, "a/b"));
    }

    [Fact]
    public async Task An_object_cannot_be_committed_twice()
    {
        var lake = await CreateLakeAsync();
        await using var writer = await lake.CreateAsync("a/b", Cancellation);
        await writer.CommitAsync(Cancellation);

        await Assert.ThrowsAsync<InvalidOperationException>(() => writer.CommitAsync(Cancellation));
    }

    [Fact]
    public async Task Preparing_makes_the_folder()
    {
        await new FolderLake(_folder.File("not/there/yet")).PrepareAsync(Cancellation);

        Assert.True(Directory.Exists(_folder.File("not/there/yet")));
    }

    [Fact]
    public async Task Preparing_a_folder_that_cannot_be_made_gives_the_path_and_the_reason()
    {
        await File.WriteAllTextAsync(_folder.File("a-file"), "", Cancellation);
        var root = _folder.File("a-file/lake");

        var failure = await Assert.ThrowsAsync<PermanentEtlException>(() => new FolderLake(root).PrepareAsync(Cancellation));

        Assert.Contains($"The lake folder {root} cannot be written: ", failure.Message, StringComparison.Ordinal);
        Assert.Contains("--lake", failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Preparing_a_read_only_folder_gives_the_path_and_the_reason()
    {
        var root = ReadOnlyFolder();

        var failure = await Assert.ThrowsAsync<PermanentEtlException>(() => new FolderLake(root).PrepareAsync(Cancellation));

        Assert.Contains(root, failure.Message, StringComparison.Ordinal);
        Assert.Contains("denied", failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Writing_where_one_may_not_is_permanent_and_names_the_key()
    {
        var failure = await Assert.ThrowsAsync<PermanentEtlException>(() => new FolderLake(ReadOnlyFolder()).CreateAsync("a/b", Cancellation));

        Assert.Contains("a/b", failure.Message, StringComparison.Ordinal);
        Assert.Contains("denied", failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_file_where_a_folder_must_be_is_permanent_and_names_the_key()
    {
        var lake = await CreateLakeAsync();
        await WriteAsync(lake, "a", [1]);
        await using var writer = await lake.CreateAsync("a/b", Cancellation);

        var failure = await Assert.ThrowsAsync<PermanentEtlException>(() => writer.CommitAsync(Cancellation));

        Assert.Contains("a/b", failure.Message, StringComparison.Ordinal);
        Assert.Null(await lake.FindAsync("a/b", Cancellation));
        await Assert.ThrowsAsync<LakeObjectNotFoundException>(() => lake.OpenReadAsync("a/b", Cancellation));
    }

    [Fact]
    public async Task A_name_too_long_for_the_file_system_is_permanent()
    {
        var lake = await CreateLakeAsync();
        await using var writer = await lake.CreateAsync(new string('x', 300), Cancellation);

        await Assert.ThrowsAsync<PermanentEtlException>(() => writer.CommitAsync(Cancellation));
    }

    [Theory]
    [InlineData(28, true)]
    [InlineData(122, true)]
    [InlineData(11, true)]
    [InlineData(5, true)]
    [InlineData(unchecked((int)0x80070070), true)]
    [InlineData(unchecked((int)0x80070020), true)]
    [InlineData(30, false)]
    [InlineData(20, false)]
    [InlineData(21, false)]
    public void Full_disks_and_locked_files_may_pass_and_the_rest_does_not(int hresult, bool mayPass)
    {
        var failure = FolderFailure.Of(new IOException("the reason.", hresult), "write", "a/b", "/lake/a/b");

        Assert.Equal(mayPass, failure is TransientEtlException);
        Assert.StartsWith("Cannot write a/b in the lake (/lake/a/b): the reason. ", failure.Message, StringComparison.Ordinal);
    }

    protected override async Task<ILake> CreateLakeAsync()
    {
        var lake = new FolderLake(_folder.FullPath);
        await lake.PrepareAsync(Cancellation);
        return lake;
    }

    /// <summary>A folder where nobody may write: the superuser is kept out only of the kernel's own.</summary>
    private string ReadOnlyFolder()
    {
        if (Environment.IsPrivilegedProcess || OperatingSystem.IsWindows())
        {
            return "/sys/kernel/spotify-etl-lake";
        }

        var path = _folder.File("read-only");
        Directory.CreateDirectory(path);
        File.SetUnixFileMode(path, UnixFileMode.UserRead | UnixFileMode.UserExecute);
        return path;
    }
}
