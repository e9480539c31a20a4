using System.Text;
using FsCheck;
using FsCheck.Fluent;
using FsCheck.Xunit;
using SpotifyEtl.Functions.Tests.Lake;
using SpotifyEtl.Lake;
using SpotifyEtl.Runs;
using SpotifyEtl.Transform;
using SpotifyEtl.Transform.Documents;
using SpotifyEtl.Transform.Tables;

namespace SpotifyEtl.Functions.Tests.Transform;

public sealed class TransformProperties
{
    [Property(MaxTest = 1000)]
    public Property Documents_of_every_shape_give_what_the_rules_say() => ForAll(HostileJson.Documents, AgreesWithTheRulesAsync);

    [Property(MaxTest = 1000)]
    public Property Any_JSON_gives_what_the_rules_say() => ForAll(HostileJson.Values, AgreesWithTheRulesAsync);

    [Property(MaxTest = 1000)]
    public Property Damaged_documents_give_what_the_rules_say() => ForAll(HostileJson.Damaged, AgreesWithTheRulesAsync);

    [Property(MaxTest = 1000)]
    public Property Any_bytes_give_tables_or_a_defect() => ForAll(HostileJson.Bytes, AgreesWithTheRulesAsync);

    [Property(MaxTest = 300)]
    public Property The_result_does_not_depend_on_how_the_bytes_come_in() =>
        ForAll(
            from raw in Gen.OneOf(HostileJson.Documents, HostileJson.Documents, HostileJson.Damaged, HostileJson.Values, HostileJson.Bytes)
            from chunk in Gen.Elements(1, 2, 3, 7, 16, 61, 256)
            from cuts in Gen.Choose(1, 40).ArrayOf(5)
            select (raw, chunk, cuts),
            async given =>
            {
                var whole = await Transformation.OfAsync(given.raw, Transformation.OwnName, 0.9);
                var pieces = await Transformation.OfAsync(
                    given.raw,
                    Transformation.OwnName,
                    0.9,
                    new RawFileLimits(given.chunk, RawFileLimits.Default.MaxRowBytes),
                    new MemoryLake { Reading = stream => new CutStream(stream, given.cuts) });

                Assert.Equal(whole.Everything(), pieces.Everything());
            });

    [Fact]
    public async Task A_file_cut_off_anywhere_is_defective_at_its_end()
    {
        var whole = Encoding.UTF8.GetBytes(MadeUp.Own(MadeUp.Row("s1"), null, MadeUp.Row(MadeUp.Track("sé", "a,1", "a2"))).ToJsonString());

        for (var length = 0; length < whole.Length; length++)
        {
            foreach (var chunk in new[] { 16, 1 << 18 })
            {
                var run = await Transformation.OfAsync(whole[..length], limits: new RawFileLimits(chunk, 1 << 20));

                Assert.Equal((length == 0 ? "empty" : "truncated", length), (run.Bad.Reason, run.Bad.ByteOffset));
            }
        }

        Assert.IsType<Transformed>((await Transformation.OfAsync(whole)).Outcome);
    }

    /// <summary>The transform and the oracle say the same, cell by cell, and the counts add up.</summary>
    internal static async Task AgreesWithTheRulesAsync(byte[] raw)
    {
        foreach (var (name, share) in new[] { (Transformation.OwnName, 0.5), ("other, \"name\".json", 1) })
        {
            var run = await Transformation.OfAsync(raw, name, share);
            var oracle = JsonOracle.Read(raw, name, share);
            if (run.Outcome is Defective { Defect: var bad })
            {
                Assert.Equal(oracle.Defect, bad.Reason is "empty" or "encoding" or "truncated" or "too_deep" ? "not_json" : bad.Reason);
                Assert.All(Table.All, table => Assert.Equal("", run.Csv(table)));
                continue;
            }

            Assert.Null(oracle.Defect);
            Assert.Equal(oracle.Items, run.Good.Items);
            foreach (var table in JsonOracle.Tables)
            {
                Assert.Equal(oracle[table].Select(row => string.Join('|', row)), run.Rows(table).Select(row => string.Join('|', row)));
                Assert.Equal(oracle[table].Count, run.Good.Rows[table]);
            }

            var record = FileRecord.Of("run", new RawFileName(name), run.Good, DateTimeOffset.UnixEpoch, TimeSpan.Zero);
            Assert.Equal(record.Items, record.Rows[Table.Playlist] + record.Rows[Table.Play] + record.Rows[Table.Rejected]);
            Assert.Equal(record.Rows[Table.Rejected], record.Rejected.Values.Sum());
            Assert.Equal(Table.All.Where(table => record.Rows[table] > 0).Select(table => table.Name), record.Tables.Select(table => table.Table));
        }
    }

    private static Property ForAll<T>(Gen<T> generator, Func<T, Task> holds) => Prop.ForAll(Arb.From(generator), holds);
}
