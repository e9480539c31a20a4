using System.Text.Json;
using SpotifyEtl.Errors;

namespace SpotifyEtl.Functions.Tests.Spotify;

public sealed class PlaylistCompletenessTests
{
    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Ten_thousand_rows_arrive_in_order_and_verbatim_from_a_server_that_fails_one_request_in_three(bool classic)
    {
        var rows = Extraction.RowsOf(10_000);
        await using var extraction = await Extraction.StartAsync(classic, rows);
        extraction.Server.Script = Faults.OneInThree();

        var outcome = await extraction.RunAsync();

        Assert.Equal(10_000, outcome.Playlist?.Items);
        Assert.EndsWith("\"items\":[\n" + string.Join(",\n", rows) + "\n]}\n", extraction.RawText, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_playlist_that_changes_while_it_is_read_is_read_anew_and_only_then_kept()
    {
        await using var extraction = await Extraction.StartAsync(rows: Extraction.RowsOf(60));
        extraction.Server.Script = asked =>
        {
            if (asked.Number("offset") == 50 && extraction.Server.SnapshotId == "AAAAAQsnap")
            {
                (extraction.Server.SnapshotId, extraction.Server.Rows) = ("AAAAAgsnap", Extraction.RowsOf(59));
            }

            return null;
        };

        var outcome = await extraction.RunAsync();

        Assert.Equal(("AAAAAgsnap", 59), (outcome.Playlist!.SnapshotId, outcome.Playlist.Items));
        Assert.Contains("AAAAAgsnap", extraction.RawText, StringComparison.Ordinal);
        Assert.Single(extraction.Lake.GivenUp);
    }

    [Fact]
    public async Task A_playlist_that_changes_on_every_pass_is_given_up_after_starting_over_three_times()
    {
        await using var extraction = await Extraction.StartAsync(rows: Extraction.RowsOf(60));
        extraction.Server.SnapshotChangesAlways = true;
        var passes = 0;
        extraction.Server.Script = asked =>
        {
            if (asked.Number("offset") == 0)
            {
                extraction.Server.Rows = [$$$"""{"pass":{{{++passes}}},"item":{}}""", .. Extraction.RowsOf(59)];
            }

            return null;
        };

        var error = await Assert.ThrowsAsync<TransientEtlException>(() => extraction.RunAsync());

        Assert.Contains("was not read whole in 4 passes: its snapshot was AAAAAQsnap", error.Message, StringComparison.Ordinal);
        Assert.Equal(4, passes);
        Assert.Empty(extraction.Lake.Keys);
    }

    [Fact]
    public async Task A_personal_list_whose_snapshot_changes_on_every_request_is_kept_when_two_passes_in_a_row_agree()
    {
        await using var extraction = await Extraction.StartAsync(rows: Extraction.RowsOf(60));
        extraction.Server.SnapshotChangesAlways = true;

        var outcome = await extraction.RunAsync();

        Assert.Equal(60, outcome.Playlist?.Items);
        Assert.Equal(4, extraction.Server.Requests.Count(asked => asked.IsPage));
    }

    [Fact]
    public async Task Rows_that_shift_between_pages_are_read_anew()
    {
        await using var extraction = await Extraction.StartAsync(rows: Extraction.RowsOf(120));
        extraction.Server.SnapshotChangesAlways = true;
        var first = true;
        extraction.Server.Script = asked =>
        {
            if (asked.Number("offset") == 50 && first)
            {
                first = false;
                extraction.Server.Rows = ["""{"n":-1,"item":{}}""", .. Extraction.RowsOf(119)];
            }

            return null;
        };

        await extraction.RunAsync();

        using var raw = JsonDocument.Parse(extraction.RawText);
        Assert.Equal(Enumerable.Range(-1, 120), raw.RootElement.GetProperty("items").EnumerateArray().Select(item => item.GetProperty("n").GetInt32()));
    }

    [Fact]
    public async Task The_same_row_twice_comes_twice()
    {
        await using var extraction = await Extraction.StartAsync(rows: ["""{"item":{"id":"a"}}""", """{"item":{"id":"a"}}"""]);

        Assert.Equal(2, (await extraction.RunAsync()).Playlist?.Items);
    }

    [Theory]
    [InlineData("null")]
    [InlineData("""{"item":null,"added_at":"2026-01-01T00:00:00Z"}""")]
    [InlineData("""{"track":null}""")]
    [InlineData("7")]
    public async Task Rows_of_which_none_holds_anything_are_an_error_and_not_a_playlist(string row)
    {
        await using var extraction = await Extraction.StartAsync(rows: [row, row, row]);

        var error = await Assert.ThrowsAsync<PermanentEtlException>(() => extraction.RunAsync());

        Assert.Contains("gave 3 rows and in none of them a track or an episode", error.Message, StringComparison.Ordinal);
        Assert.Empty(extraction.Lake.Keys);
    }

    [Fact]
    public async Task The_endpoint_that_answered_after_the_other_refused_is_asked_first_from_then_on()
    {
        await using var extraction = await Extraction.StartAsync(classic: true);
        extraction.Server.Script = asked => asked.Path.EndsWith(SpotifyServer.PlaylistId, StringComparison.Ordinal)
            ? new Answer(200, """{"name":"n","snapshot_id":"s","items":{"total":3}}""")
            : null;

        await extraction.RunAsync();
        await extraction.RunAsync();

        var pages = extraction.Server.Requests.Where(asked => asked.IsPage);
        Assert.Equal("items tracks tracks", string.Join(' ', pages.Select(asked => asked.Path.Split('/')[^1])));
    }
}
