using System.Text.Json.Nodes;
using SpotifyEtl.Functions.Tests.Orchestrators;
using SpotifyEtl.Functions.Tests.Transform;
using SpotifyEtl.Lake;
using SpotifyEtl.Transform.Tables;

namespace SpotifyEtl.Functions.Tests.Runs;

public sealed class FileRecordTests
{
    [Fact]
    public async Task The_records_arithmetic_closes_and_its_hashes_are_those_of_the_objects()
    {
        await using var workflow = await Workflow.StartAsync();
        workflow.Lake["raw_data/to_process/a.json"] = Bytes(
            MadeUp.Own(MadeUp.Row("s1"), null, MadeUp.Row((JsonNode?)null), MadeUp.Row("s2"), MadeUp.Row("s1")));
        workflow.Lake["raw_data/to_process/b.json"] = Bytes(MadeUp.Page(MadeUp.Row("s3")));

        await workflow.RunAsync();

        var run = JsonNode.Parse(workflow.Lake.Text(LakeKeys.RunRecord(Workflow.RunId)))!;
        var files = new[] { "a", "b" }.Select(stem => JsonNode.Parse(workflow.Lake.Text($"{LakeKeys.Files}{Workflow.RunId}/{stem}.json"))!).ToList();
        Assert.Equal([5, 1], files.Select(file => (long)file["items"]!));
        Assert.All(files, file =>
        {
            Assert.Equal((long)file["items"]!, (long)file["rows"]!["playlist"]! + (long)file["rows"]!["rejected"]!);
            Assert.Equal((long)file["rows"]!["rejected"]!, file["rejected"]!.AsObject().Sum(reason => (long)reason.Value!));
            Assert.Equal(Transformation.Sha256(workflow.Lake[$"raw_data/processed/{file["rawFile"]}"]), (string?)file["rawSha256"]);
            Assert.Equal("2026-11-22T06:00:00+00:00", (string?)file["startedAt"]);
            Assert.Equal(0, (long?)file["elapsedMs"]);
            foreach (var table in file["tables"]!.AsArray())
            {
                var bytes = workflow.Lake[(string)table!["key"]!];
                Assert.Equal((Transformation.Sha256(bytes), bytes.LongLength), ((string?)table["sha256"], (long)table["sizeBytes"]!));
                Assert.Equal((long)file["rows"]![(string)table["table"]!]! + 1, bytes.Count(value => value == '\n'));
            }
        });
        foreach (var table in Table.All)
        {
            Assert.Equal(files.Sum(file => (long)file["rows"]![table.Name]!), (long)run["rows"]![table.Name]!);
        }
    }

    [Fact]
    public async Task A_file_of_mostly_rejects_is_set_aside_with_its_reasons_counted()
    {
        await using var workflow = await Workflow.StartAsync();
        workflow.Lake["raw_data/to_process/a.json"] = Bytes(MadeUp.Own(MadeUp.Row("s1"), null, null, MadeUp.Row(new JsonObject { ["type"] = "episode" })));

        await workflow.RunAsync();

        var error = JsonNode.Parse(workflow.Lake.Text("raw_data/rejected/a.json.error.json"))!;
        Assert.Equal("mostly_rejected", (string?)error["reason"]);
        Assert.Contains("3 of 4 rows were rejected (2 no_track, 1 episode)", (string?)error["message"], StringComparison.Ordinal);
        Assert.DoesNotContain(workflow.Lake.Keys, key => key.StartsWith(LakeKeys.Transformed, StringComparison.Ordinal));
    }

    private static byte[] Bytes(JsonNode document) => System.Text.Encoding.UTF8.GetBytes(document.ToJsonString());
}
