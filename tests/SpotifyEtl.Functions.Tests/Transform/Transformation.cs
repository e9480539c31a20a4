using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;
using SpotifyEtl.Functions.Tests.Lake;
using SpotifyEtl.Lake;
using SpotifyEtl.Transform;
using SpotifyEtl.Transform.Documents;
using SpotifyEtl.Transform.Tables;

namespace SpotifyEtl.Functions.Tests.Transform;

/// <summary>One raw file, transformed in a lake in memory.</summary>
internal sealed class Transformation(TransformOutcome outcome, MemoryLake lake, RawFileName file)
{
    public const string OwnName = "spotify_raw_37i9dQZEVXbMDoHDwVN2tF_20240605T060000Z.json";

    public TransformOutcome Outcome => outcome;

    public MemoryLake Lake => lake;

    public Transformed Good => Assert.IsType<Transformed>(outcome);

    public FileDefect Bad => Assert.IsType<Defective>(outcome).Defect;

    public static Task<Transformation> OfAsync(JsonNode document, string name = "raw.json", double maxRejectedShare = 0.5) =>
        OfAsync(document.ToJsonString(), name, maxRejectedShare);

    public static Task<Transformation> OfAsync(string json, string name = "raw.json", double maxRejectedShare = 0.5) =>
        OfAsync(Encoding.UTF8.GetBytes(json), name, maxRejectedShare);

    public static async Task<Transformation> OfAsync(
        byte[] raw, string name = "raw.json", double maxRejectedShare = 0.5, RawFileLimits? limits = null, MemoryLake? lake = null)
    {
        var file = new RawFileName(name);
        lake ??= new MemoryLake();
        lake[file.ToProcessKey] = raw;
        var transformer = new RawFileTransformer(lake, new QualityOptions { MaxRejectedShare = maxRejectedShare }, limits ?? RawFileLimits.Default);
        return new Transformation(await transformer.TransformAsync(file.ToProcessKey, TestContext.Current.CancellationToken), lake, file);
    }

    /// <summary>The table's object as text; empty when there is none.</summary>
    public string Csv(Table table) => lake.Keys.Contains(table.KeyFor(file.Stem)) ? lake.Text(table.KeyFor(file.Stem)) : "";

    /// <summary>The table's rows without its header.</summary>
    public IReadOnlyList<string[]> Rows(Table table) => [.. CsvText.Parse(Csv(table)).Skip(1)];

    /// <summary>One column of the table.</summary>
    public IReadOnlyList<string> Column(Table table, string column) =>
        [.. Rows(table).Select(row => row[table.Columns.Index().First(entry => entry.Item == column).Index])];

    /// <summary>The only value in a column of a table with one row.</summary>
    public string Cell(Table table, string column) => Assert.Single(Column(table, column));

    /// <summary>All that the file left behind: the outcome and every table's bytes, as one comparable text.</summary>
    public string Everything()
    {
        var said = outcome switch
        {
            Transformed good => $"{good.Stem} {good.Items} {good.Rows} {string.Join(' ', good.Rejected)} {string.Join(' ', good.Tables)}",
            _ => outcome.ToString(),
        };
        return string.Join('\n', Table.All.Select(Csv).Prepend(said!).Prepend(outcome.RawSha256));
    }

    public static string Sha256(byte[] bytes) => Convert.ToHexStringLower(SHA256.HashData(bytes));
}
