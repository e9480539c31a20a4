using System.Security.Cryptography;
using System.Text;
using FsCheck;
using FsCheck.Fluent;
using FsCheck.Xunit;
using SpotifyEtl.Errors;
using SpotifyEtl.Lake;

namespace SpotifyEtl.Functions.Tests.Lake;

public sealed class RawFileRenamingTests
{
    private readonly MemoryLake _lake = new();

    [Theory]
    [InlineData("processed/x.json", "x.json")]
    [InlineData("rejected/x.json", "x.json")]
    [InlineData("processed/spotify_raw_x.json", "x.json")]
    [InlineData("processed/x.json", "spotify_raw_x.json")]
    [InlineData("processed/x", "x.json")]
    [InlineData("rejected/spotify_raw_x", "x")]
    public async Task A_file_whose_name_or_stem_a_file_with_other_bytes_has_gets_a_name_of_its_own(string holder, string name)
    {
        Put($"raw_data/{holder}", "monday");
        Put($"raw_data/to_process/{name}", "tuesday");

        var renamed = Assert.Single(await SettleAsync());

        var expected = $"{name.Replace(".json", "", StringComparison.Ordinal)}~{Sha256("tuesday")[..8]}.json";
        Assert.Equal(new RenamedFile(name, expected, $"raw_data/{holder}"), renamed);
        Assert.Equal("tuesday", _lake.Text($"raw_data/to_process/{expected}"));
        Assert.Equal("monday", _lake.Text($"raw_data/{holder}"));
        Assert.Contains($"{name} was renamed to {expected}: raw_data/{holder} has other bytes", renamed.ToString(), StringComparison.Ordinal);
        Assert.Empty(await SettleAsync());
    }

    [Fact]
    public async Task What_was_set_aside_because_nobody_can_read_it_holds_its_name_all_the_same()
    {
        Put("raw_data/rejected/x.json", "");
        Put("raw_data/to_process/x.json", "tuesday");
        _lake.Before = (step, key) =>
        {
            if ((step, key) == ("open", "raw_data/rejected/x.json"))
            {
                throw new PermanentEtlException("It is a link to what is not there.");
            }
        };

        Assert.Equal($"x~{Sha256("tuesday")[..8]}.json", Assert.Single(await SettleAsync()).To);
    }

    [Fact]
    public async Task A_file_that_was_rejected_before_does_not_replace_one_that_was_processed_meanwhile()
    {
        Put("raw_data/processed/x.json", "monday");
        Put("raw_data/rejected/x.json", "tuesday");
        Put("raw_data/to_process/x.json", "tuesday");

        Assert.Equal($"x~{Sha256("tuesday")[..8]}.json", Assert.Single(await SettleAsync()).To);
    }

    [Fact]
    public void No_name_of_a_stem_begins_with_a_dot() =>
        Assert.Equal(["spotify_raw_..json", "spotify_raw_."], new RawFileName("spotify_raw_..json").NamesOfStem.Select(name => name.Name));

    [Fact]
    public void A_file_that_says_why_another_was_rejected_is_no_raw_file() =>
        Assert.Contains(".error.json", _lake.FaultOfName("x.json.error.json"), StringComparison.Ordinal);

    [Fact]
    public async Task The_same_bytes_are_never_renamed()
    {
        Put("raw_data/processed/x.json", "monday");
        Put("raw_data/rejected/y.json", "bad");
        Put("raw_data/to_process/x.json", "monday");
        Put("raw_data/to_process/y.json", "bad");
        var before = _lake.Keys;

        Assert.Empty(await SettleAsync());

        Assert.Equal(before, _lake.Keys);
    }

    [Theory]
    [InlineData("raw_data/processed/spotify_raw_x.json")]
    [InlineData("raw_data/rejected/spotify_raw_x.json")]
    [InlineData("raw_data/to_process/spotify_raw_x.json")]
    public async Task The_same_file_under_another_name_of_the_same_tables_keeps_the_name_that_it_had_first(string first)
    {
        Put(first, "monday");
        Put("raw_data/to_process/x.json", "monday");

        var renamed = Assert.Single(await SettleAsync());

        Assert.Equal([first], _lake.Keys);
        Assert.Equal($"x.json is the same file as {first} and is kept under that name.", renamed.ToString());
    }

    [Fact]
    public async Task Of_two_that_come_together_the_ordinally_first_keeps_its_name()
    {
        Put("raw_data/to_process/x.json", "one");
        Put("raw_data/to_process/spotify_raw_x.json", "two");

        Assert.Equal("x.json", Assert.Single(await SettleAsync()).From);

        Assert.Equal("two", _lake.Text("raw_data/to_process/spotify_raw_x.json"));
    }

    [Fact]
    public async Task Of_many_files_that_come_in_those_are_looked_for_whose_names_some_file_system_might_take_for_one_that_waits()
    {
        Put("raw_data/to_process/X.json", "monday");
        Put("raw_data/to_process/y.json", "monday");
        RawFileRenaming renaming = new(_lake);
        List<string> few = ["x.json", "z.json"];
        List<string> many =
        [
            .. Enumerable.Range(0, 200).Select(number => $"f{number}.json"), "x.json", "y.json", "z.json", "caf\u00E9.json", "Two.json", "two.json",
        ];

        Assert.Equal(few, (await renaming.FindMaybeWaitingAsync(few, TestContext.Current.CancellationToken)).Order(StringComparer.Ordinal));
        Assert.Equal(
            ["Two.json", "caf\u00E9.json", "two.json", "x.json", "y.json"],
            (await renaming.FindMaybeWaitingAsync(many, TestContext.Current.CancellationToken)).Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task Only_names_that_meet_are_read()
    {
        Put("raw_data/processed/x.json", "monday");
        Put("raw_data/to_process/y.json", "tuesday");
        Put("raw_data/to_process/folder/x.json", "inside");
        List<string> read = [];
        _lake.Before = (what, key) => read.AddRange(what == "open" ? [key] : []);

        Assert.Empty(await SettleAsync());

        Assert.Empty(read);
    }

    [Fact]
    public async Task A_mark_that_other_bytes_have_is_made_longer()
    {
        Put("raw_data/processed/x.json", "monday");
        Put($"raw_data/processed/x~{Sha256("tuesday")[..8]}.json", "made to meet");
        Put("raw_data/to_process/x.json", "tuesday");

        Assert.Equal($"x~{Sha256("tuesday")}.json", Assert.Single(await SettleAsync()).To);
    }

    [Fact]
    public async Task A_name_that_would_be_too_long_with_its_mark_is_shortened()
    {
        var name = $"{new string('x', 210)}.json";
        while (_lake.FaultOfName(name) is not null)
        {
            name = name[1..];
        }

        Put($"raw_data/processed/{name}", "monday");
        Put($"raw_data/to_process/{name}", "tuesday");

        var renamed = Assert.Single(await SettleAsync());

        Assert.Null(_lake.FaultOfName(renamed.To));
        Assert.Equal("tuesday", _lake.Text($"raw_data/to_process/{renamed.To}"));
    }

    /// <summary>Whatever lies where: no bytes are lost, what waits has the stem of no other file with other bytes, and nothing more is to do.</summary>
    [Property(MaxTest = 300)]
    public Property No_bytes_are_lost_and_no_tables_are_shared() => Prop.ForAll(
        Arb.From((from folder in Gen.Elements("to_process", "processed", "rejected")
                  from name in Gen.Elements("x.json", "spotify_raw_x.json", "x", "spotify_raw_x", "y.json", "x.json.json")
                  from content in Gen.Elements("a", "b", "c")
                  select (Key: $"raw_data/{folder}/{name}", Content: content)).ArrayOf(6)),
        async objects =>
        {
            MemoryLake lake = new();
            foreach (var (key, content) in objects)
            {
                lake[key] = Encoding.UTF8.GetBytes(content);
            }

            var before = lake.Keys.Select(lake.Text).Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal).ToList();
            await new RawFileRenaming(lake).SettleAsync(TestContext.Current.CancellationToken);

            Assert.Equal(before, lake.Keys.Select(lake.Text).Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal));
            foreach (var waiting in lake.Keys.Where(key => key.StartsWith(LakeKeys.ToProcess, StringComparison.Ordinal)))
            {
                var others = lake.Keys.Where(key => key != waiting && RawFileName.OfKey(key).Stem == RawFileName.OfKey(waiting).Stem).ToList();
                var isThere = others.Exists(other => RawFileName.OfKey(other) == RawFileName.OfKey(waiting) && lake.Text(other) == lake.Text(waiting));
                Assert.True(
                    others.Count == 0 || isThere,
                    $"{waiting} among {string.Join(", ", lake.Keys)}");
            }

            var settled = lake.Keys;
            await new RawFileRenaming(lake).SettleAsync(TestContext.Current.CancellationToken);
            Assert.Equal(settled, lake.Keys);
        });

    private Task<IReadOnlyList<RenamedFile>> SettleAsync() => new RawFileRenaming(_lake).SettleAsync(TestContext.Current.CancellationToken);

    private void Put(string key, string content) => _lake[key] = Encoding.UTF8.GetBytes(content);

    private static string Sha256(string content) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(content)));
}
