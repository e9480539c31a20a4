using SpotifyEtl.Transform.Tables;

namespace SpotifyEtl.Functions.Tests.Transform;

/// <summary>Where a folder shared/data/raw of real playlists is at hand above the tests, every file of it is compared with the rules.</summary>
public sealed class RealFileTests
{
    [Fact]
    public async Task Real_files_give_what_the_rules_say()
    {
        foreach (var path in Files())
        {
            await TransformProperties.AgreesWithTheRulesAsync(await File.ReadAllBytesAsync(path, TestContext.Current.CancellationToken));
        }
    }

    [Fact]
    public async Task Real_files_are_all_loaded_and_few_rows_rejected()
    {
        foreach (var path in Files())
        {
            var run = await Transformation.OfAsync(await File.ReadAllBytesAsync(path, TestContext.Current.CancellationToken), Path.GetFileName(path));
            var rejected = Path.GetFileNameWithoutExtension(path) switch
            {
                "episodes_and_tracks" => 2,
                "items_local_track_317" => 1,
                _ => 0,
            };

            Assert.Equal(rejected, run.Good.Rows[Table.Rejected]);
            TestContext.Current.TestOutputHelper?.WriteLine(
                $"| {Path.GetFileName(path)} | {run.Good.Items} | {string.Join(" | ", Table.All.Select(table => run.Good.Rows[table]))} |");
        }
    }

    private static string[] Files()
    {
        for (var folder = new DirectoryInfo(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
        {
            var data = Path.Combine(folder.FullName, "shared", "data", "raw");
            if (Directory.Exists(data))
            {
                return Directory.GetFiles(data, "*.json").Order(StringComparer.Ordinal).ToArray();
            }
        }

        return [];
    }
}
