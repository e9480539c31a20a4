using SpotifyEtl.Lake;
using SpotifyEtl.Local.Lake;
using SpotifyEtl.Transform.Tables;

namespace SpotifyEtl.Local.Tests.Lake;

public sealed class FolderFaultTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public void Dispose()
    {
        StrangeFiles.Remove(_folder.File("raw_data"));
        _folder.Dispose();
    }

    [Fact]
    public async Task What_cannot_be_read_or_kept_is_listed_with_what_is_wrong_and_set_aside_unopened()
    {
        FolderLake lake = new(_folder.FullPath);
        var waiting = Path.Combine(_folder.FullPath, "raw_data", "to_process");
        await StrangeFiles.MakeAsync(waiting);
        await File.WriteAllTextAsync(Path.Combine(waiting, "good.json"), "[]", Cancellation);
        await File.WriteAllTextAsync(Path.Combine(_folder.FullPath, "data.json"), "[]", Cancellation);
        File.CreateSymbolicLink(Path.Combine(waiting, "linked.json"), Path.Combine(_folder.FullPath, "data.json"));

        var listed = await lake.ListAsync(LakeKeys.ToProcess, cancellationToken: Cancellation).ToListAsync(Cancellation);
        foreach (var found in listed.Where(found => found.Fault is not null))
        {
            var name = LakeKeys.RawNameIn(found.Key)!;
            await lake.SetAsideAsync(found.Key, LakeKeys.Rejected + RawNames.Usable(name, lake.FaultOfName), Cancellation);
            await lake.SetAsideAsync(found.Key, LakeKeys.Rejected + RawNames.Usable(name, lake.FaultOfName), Cancellation);
        }

        Assert.All(
            StrangeFiles.All,
            strange => Assert.StartsWith(
                strange.Fault,
                Assert.Single(listed, found => found.Key.Contains(strange.Part, StringComparison.Ordinal)).Fault,
                StringComparison.Ordinal));
        Assert.Equal(
            ["raw_data/to_process/good.json", "raw_data/to_process/linked.json"], listed.Where(found => found.Fault is null).Select(found => found.Key));
        Assert.Equal(["good.json", "linked.json"], Directory.GetFiles(waiting).Select(Path.GetFileName).Order(StringComparer.Ordinal));
        Assert.Equal(
            StrangeFiles.All.Count, Directory.GetFileSystemEntries(Path.Combine(_folder.FullPath, "raw_data", "rejected")).Length);
    }

    [Fact]
    public async Task A_file_whose_name_is_not_UTF8_and_reads_like_that_of_another_waits_until_the_other_has_moved()
    {
        FolderLake lake = new(_folder.FullPath);
        await lake.PrepareAsync(Cancellation);
        var waiting = Path.Combine(_folder.FullPath, "raw_data", "to_process");
        await StrangeFiles.MakeTwinsAsync(waiting);
        const string Key = "raw_data/to_process/twin\uFFFD.json";

        var both = await lake.ListAsync(LakeKeys.ToProcess, cancellationToken: Cancellation).ToListAsync(Cancellation);
        File.Move(Path.Combine(_folder.FullPath, Key), Path.Combine(_folder.FullPath, "moved.json"));
        var other = await lake.ListAsync(LakeKeys.ToProcess, cancellationToken: Cancellation).ToListAsync(Cancellation);
        await lake.SetAsideAsync(Key, LakeKeys.Rejected + "twin.json", Cancellation);

        Assert.Equal([(Key, null)], both.Select(found => (found.Key, found.Fault)));
        Assert.Equal([(Key, "its name is not UTF-8")], other.Select(found => (found.Key, found.Fault)));
        Assert.Equal("readable\n", await File.ReadAllTextAsync(_folder.File("moved.json"), Cancellation));
        Assert.Equal("not readable\n", await File.ReadAllTextAsync(_folder.File("raw_data/rejected/twin.json"), Cancellation));
    }

    [Fact]
    public async Task A_named_pipe_is_refused_and_not_waited_for()
    {
        FolderLake lake = new(_folder.FullPath);
        await StrangeFiles.MakeAsync(Path.Combine(_folder.FullPath, "raw_data", "processed"));

        var refused = await Assert.ThrowsAsync<SpotifyEtl.Errors.PermanentEtlException>(() => lake.OpenReadAsync("raw_data/processed/pipe.json", Cancellation));

        Assert.Contains("it is a named pipe", refused.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void The_longest_names_are_those_of_the_table_whose_name_is_the_longest_and_of_what_is_said_of_a_file()
    {
        FolderLake lake = new(_folder.FullPath);

        Assert.Equal(RawNames.LongestTable, Table.All.MaxBy(table => table.Name.Length)!.Name);
        Assert.Null(lake.FaultOfName(StrangeFiles.TooLong[1..]));
        Assert.NotNull(lake.FaultOfName(StrangeFiles.TooLong));
        Assert.Null(lake.FaultOfName(new string('é', 113) + ".json"));
        Assert.NotNull(lake.FaultOfName(new string('é', 114) + ".json"));
        Assert.Null(lake.FaultOfName("spotify_raw_" + new string('x', 227) + ".json"));
        Assert.NotNull(lake.FaultOfName("spotify_raw_" + new string('x', 228) + ".json"));
    }
}
