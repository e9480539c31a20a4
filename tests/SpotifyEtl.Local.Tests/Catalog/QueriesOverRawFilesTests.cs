using System.Text.Json.Nodes;
using FsCheck.Xunit;
using Microsoft.Extensions.Options;
using SpotifyEtl.Catalog;
using SpotifyEtl.Catalog.Queries;
using SpotifyEtl.Lake;
using SpotifyEtl.Local.Catalog;
using SpotifyEtl.Local.Lake;
using SpotifyEtl.Local.Tests.CommandLine;
using SpotifyEtl.Transform;

namespace SpotifyEtl.Local.Tests.Catalog;

/// <summary>What the queries answer over the typed tables is what a second computation finds in the raw files.</summary>
public sealed class QueriesOverRawFilesTests
{
    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Over_made_up_raw_files_every_query_answers_as_the_files_themselves_do(bool rated)
    {
        using SpotifyEtlProgram program = new();
        foreach (var (name, content) in MadeUpPlaylists.All(rated))
        {
            program.Write(Path.Combine("raw", name), content.ToJsonString());
        }

        foreach (var (query, rows) in await SameAfterRunAsync(program, program.PathOf("raw")))
        {
            Assert.True(rows > 0, $"{query} answers with rows");
        }
    }

    [Fact]
    public async Task Over_the_shared_raw_files_every_query_answers_as_the_files_themselves_do()
    {
        if (SharedRawFiles.Folder is { } raw)
        {
            using SpotifyEtlProgram program = new();
            await SameAfterRunAsync(program, raw);
        }
    }

    [Property(MaxTest = 6)]
    public async Task Over_any_few_playlists_of_a_few_days_every_query_answers_as_the_files_themselves_do(int seed, bool rated)
    {
        using LakeFixture lake = new();
        RawFileTransformer transformer = new(lake.Lake, Options.Create(new QualityOptions()));
        RawPlaylists raw = new();
        foreach (var (name, content) in AnyPlaylists.Of(seed, rated))
        {
            RawFileName file = new(name);
            Directory.CreateDirectory(Path.GetDirectoryName(lake.PathOf(file.ToProcessKey))!);
            await File.WriteAllTextAsync(lake.PathOf(file.ToProcessKey), content.ToJsonString(), TestContext.Current.CancellationToken);
            Assert.IsType<Transformed>(await transformer.TransformAsync(file.ToProcessKey, TestContext.Current.CancellationToken));
            raw.Read(name, JsonNode.Parse(content.ToJsonString()));
        }

        await lake.CrawlAsync();
        await SameAsync(lake.Lake, raw);
    }

    private static async Task<Dictionary<string, int>> SameAfterRunAsync(SpotifyEtlProgram program, string raw)
    {
        var ended = await program.RunAsync("run", "--raw", raw, "--lake", "file:lake");

        Assert.True(ended.ExitCode == 0, ended.Output + ended.Errors);
        Assert.False(Directory.Exists(program.PathOf("lake/raw_data/rejected")), "none of the files is rejected");
        return await SameAsync(new FolderLake(program.PathOf("lake")), RawPlaylists.OfFolder(raw));
    }

    /// <summary>How many rows each query answers with, which are the same either way.</summary>
    private static async Task<Dictionary<string, int>> SameAsync(FolderLake lake, RawPlaylists raw)
    {
        // As a report asks them, which keeps what several are made of, and each by itself.
        DuckDbQueries alone = new(lake);
        using var together = await alone.OpenAsync(TestContext.Current.CancellationToken);
        ExpectedAnswers answers = new(raw);
        Dictionary<string, int> counts = new(StringComparer.Ordinal);
        List<Action> checks = [];
        foreach (var query in NamedQueries.All)
        {
            var expected = answers.Of(query.Name);
            foreach (var queries in (IQueries[])[together, alone])
            {
                var rows = (await queries.RowsAsync(query.Sql)).Select(row => ExpectedAnswers.Line([.. row])).ToList();
                checks.Add(() => Assert.Equal([query.Name, .. expected], [query.Name, .. rows]));
            }

            counts.Add(query.Name, expected.Count);
        }

        Assert.Multiple([.. checks]);
        return counts;
    }
}
