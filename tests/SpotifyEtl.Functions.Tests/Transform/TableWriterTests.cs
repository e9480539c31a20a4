using SpotifyEtl.Functions.Tests.Lake;
using SpotifyEtl.Transform.Tables;

namespace SpotifyEtl.Functions.Tests.Transform;

public sealed class TableWriterTests
{
    [Fact]
    public async Task A_part_is_handed_over_only_when_the_part_before_is_written()
    {
        var cancellationToken = TestContext.Current.CancellationToken;
        var gate = new TaskCompletionSource();
        var lake = new MemoryLake { Writing = stream => new GatedStream(stream, gate.Task) };
        await using var writer = new TableWriter(lake, Table.SongArtist, "stem");

        FillPart(writer);
        var first = writer.WritePartAsync(cancellationToken);
        Assert.True(first.IsCompleted, "the first part is written behind the caller's back");
        await first;
        Assert.False(writer.IsPartFull);
        FillPart(writer);
        var second = writer.WritePartAsync(cancellationToken).AsTask();
        Assert.False(second.IsCompleted, "the second part waits for the first");

        gate.SetResult();
        await second;
        await writer.FinishAsync(cancellationToken);
        Assert.Empty(lake.Keys);
        var written = await writer.CommitAsync(cancellationToken);

        Assert.Equal(new WrittenTable("song_artist", Table.SongArtist.KeyFor("stem"), lake[Table.SongArtist.KeyFor("stem")].Length,
            Transformation.Sha256(lake[Table.SongArtist.KeyFor("stem")])), written);
        Assert.Equal(
            Enumerable.Range(0, (int)writer.Rows).Select(row => $"{row}"), CsvText.Parse(lake.Text(written!.Key)).Skip(1).Select(row => row[2]));
    }

    private static void FillPart(TableWriter writer)
    {
        while (!writer.IsPartFull)
        {
            var csv = writer.BeginRow();
            csv.WriteField("song"u8);
            csv.WriteField("artist"u8);
            csv.WriteField(writer.Rows);
            csv.WriteField(""u8);
            csv.WriteField("raw.json"u8);
            writer.EndRow(mistyped: 0);
        }
    }
}
