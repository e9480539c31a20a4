using Microsoft.Extensions.Options;
using SpotifyEtl.Functions.Tests.Lake;
using SpotifyEtl.Functions.Tests.Transform;
using SpotifyEtl.Lake;
using SpotifyEtl.Local.Runs;
using SpotifyEtl.Runs;
using SpotifyEtl.Transform;
using SpotifyEtl.Transform.Tables;

namespace SpotifyEtl.Local.Tests.Runs;

public sealed class ReprocessPreviewTests
{
    private static readonly RawFileName s_file = new("spotify_raw_p_20240515T060000Z.json");

    private readonly MemoryLake _lake = new();

    [Fact]
    public async Task Tables_as_the_rules_make_them_would_not_change()
    {
        await LoadAsync();

        Assert.Empty(Assert.Single(await PreviewAsync()).Changes);
    }

    [Fact]
    public async Task What_would_change_is_told_and_nothing_is_written()
    {
        await LoadAsync();
        await _lake.DeleteAsync(Table.Song.KeyFor(s_file.Stem), TestContext.Current.CancellationToken);
        _lake[Table.Album.KeyFor(s_file.Stem)] = "old rules"u8.ToArray();
        _lake[Table.Rejected.KeyFor(s_file.Stem)] = "old rules"u8.ToArray();
        var before = Contents();

        var file = Assert.Single(await PreviewAsync());

        Assert.Equal(s_file.Name, file.RawFile);
        Assert.Equal(
            [
                new ObjectChange(Table.Album.KeyFor(s_file.Stem), ChangeKind.Changed),
                new ObjectChange(Table.Rejected.KeyFor(s_file.Stem), ChangeKind.Removed),
                new ObjectChange(Table.Song.KeyFor(s_file.Stem), ChangeKind.Added),
            ],
            file.Changes.OrderBy(change => change.Key, StringComparer.Ordinal));
        Assert.Equal(before, Contents());
    }

    [Fact]
    public async Task A_file_that_would_be_set_aside_is_told_with_its_tables()
    {
        await LoadAsync();
        _lake[s_file.ProcessedKey] = "{"u8.ToArray();
        var before = Contents();

        var file = Assert.Single(await PreviewAsync());

        Assert.Equal(
            Table.All.Count(table => table != Table.Rejected && table != Table.Play),
            file.Changes.Count(change => change.Kind is ChangeKind.Removed && change.Key.StartsWith(LakeKeys.Transformed, StringComparison.Ordinal)));
        Assert.Contains(new ObjectChange(s_file.ProcessedKey, ChangeKind.Removed), file.Changes);
        Assert.Contains(new ObjectChange(s_file.RejectedKey, ChangeKind.Added), file.Changes);
        Assert.Contains(new ObjectChange(LakeKeys.ErrorFor(s_file), ChangeKind.Added), file.Changes);
        Assert.Equal(before, Contents());
    }

    [Fact]
    public async Task Files_outside_the_range_are_not_looked_at()
    {
        await LoadAsync();
        _lake["raw_data/processed/foreign.json"] = "{"u8.ToArray();
        _lake["raw_data/processed/folder/inside.json"] = "{"u8.ToArray();

        Assert.Equal(["foreign.json", s_file.Name], (await PreviewAsync()).Select(file => file.RawFile));
        Assert.Equal(
            [s_file.Name], (await PreviewAsync(new ReprocessRange(new DateOnly(2024, 5, 15), new DateOnly(2024, 5, 15)))).Select(file => file.RawFile));
        Assert.Empty(await PreviewAsync(new ReprocessRange(From: new DateOnly(2024, 5, 16))));
    }

    private async Task LoadAsync()
    {
        _lake[s_file.ProcessedKey] = System.Text.Encoding.UTF8.GetBytes(MadeUp.Own(MadeUp.Row("s1")).ToJsonString());
        await new RawFileTransformer(_lake, Options.Create(new QualityOptions())).TransformAsync(s_file.ProcessedKey, TestContext.Current.CancellationToken);
    }

    private async Task<IReadOnlyList<FilePreview>> PreviewAsync(ReprocessRange? range = null) =>
        await new ReprocessPreview(_lake, Options.Create(new QualityOptions()))
            .ReadAsync(range ?? new ReprocessRange(), TestContext.Current.CancellationToken)
            .ToListAsync(TestContext.Current.CancellationToken);

    private Dictionary<string, string> Contents() => _lake.Keys.ToDictionary(key => key, _lake.Text);
}
