using SpotifyEtl.Functions.Tests.Transform;
using SpotifyEtl.Transform.Tables;

namespace SpotifyEtl.Functions.Tests.Deploy;

/// <summary>What the transform writes, Athena's tables show, whatever the names of songs, albums and artists hold.</summary>
public sealed class AthenaTableTextTests
{
    private const int MadeUpNames = 300;

    private static readonly string[] s_names =
    [
        @"AC\DC", @"ends in \", @"\", @"\\", "\\\"", "\"\\", "\"Heroes\"", "\"", "\"\"", ",", "\",\"", "say \"hi\", he said", @"C:\new\table, ""x""\",
        " spaces around ", "tab\there", "carriage\rreturn", "line\nbreak", "Ünï côde 音楽 🎵", "'single'", "a,b,\"c\"",
    ];

    [Fact]
    public async Task Names_with_quotes_commas_and_backslashes_read_back_exactly()
    {
        var transformed = await Transformation.OfAsync(MadeUp.Own([.. Names().Select((name, index) => Row(name, index))]));

        foreach (var (index, table) in Table.All.Take(3).Index())
        {
            var parameters = AwsTemplate.With().Of("AWS::Glue::Table")[index]["TableInput"]!["StorageDescriptor"]!["SerdeInfo"]!["Parameters"]!;
            OpenCsvLine athena = new(((string)parameters["separatorChar"]!)[0], ((string)parameters["quoteChar"]!)[0], ((string)parameters["escapeChar"]!)[0]);

            var shown = Lines(transformed, table).Select(athena.Read).ToList();

            Assert.True(shown.Count > s_names.Length);
            Assert.Equal(transformed.Rows(table), shown);
        }
    }

    [Fact]
    public async Task With_the_escape_character_that_a_crawler_leaves_they_would_not()
    {
        var transformed = await Transformation.OfAsync(MadeUp.Own(Row(@"AC\DC, live", 0)));

        var shown = Assert.Single(Lines(transformed, Table.Song).Select(new OpenCsvLine(',', '"', '\\').Read));

        Assert.Equal("ACDC, live", shown[1]);
    }

    private static IEnumerable<string> Lines(Transformation transformed, Table table) => transformed.Csv(table).TrimEnd('\n').Split('\n').Skip(1);

    private static IEnumerable<string> Names()
    {
        const string Letters = "\\\\\"\", a\t;";
        ulong state = 20261122;
        return
        [
            .. s_names,
            .. Enumerable.Range(0, MadeUpNames).Select(_ => string.Concat(Enumerable.Range(0, 8).Select(_ =>
            {
                state = (state * 6364136223846793005UL) + 1442695040888963407UL;
                return Letters[(int)((state >> 33) % (ulong)Letters.Length)];
            }))),
        ];
    }

    private static System.Text.Json.Nodes.JsonObject Row(string name, int index)
    {
        var track = MadeUp.Track($"t{index}", $"a{index}");
        track["name"] = name;
        track["album"]!["name"] = name;
        track["artists"]![0]!["name"] = name;
        return MadeUp.Row(track);
    }
}
