using SpotifyEtl.Errors;
using SpotifyEtl.Spotify;

namespace SpotifyEtl.Functions.Tests.Spotify;

public sealed class SourceCompletenessTests
{
    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_library_of_ten_thousand_arrives_in_order_and_verbatim_from_a_server_that_fails_one_request_in_three(bool classic)
    {
        await using var extraction = await StartAsync(classic);
        extraction.Server.User.SavedTracks = Extraction.RowsOf(10_000);
        extraction.Server.Script = Faults.OneInThree();

        var outcome = await extraction.RunSourceAsync("me/tracks");

        Assert.Equal(10_000, outcome.Source?.Items);
        Assert.EndsWith(
            "\"items\":[\n" + string.Join(",\n", extraction.Server.User.SavedTracks) + "\n]}\n", extraction.RawText, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Saved_tracks_are_a_raw_file_with_the_head_of_a_playlist()
    {
        await using var extraction = await StartAsync(market: "se");
        extraction.Server.User.SavedTracks = ["""{"added_at":"2026-11-01T00:00:00Z", "track":{"id":"t1"} }"""];

        var outcome = await extraction.RunSourceAsync("me/tracks");

        SourceResult loaded = new()
        {
            Source = "me/tracks",
            Status = PlaylistStatus.Loaded,
            Name = "Saved tracks",
            Items = 1,
            RawKey = "raw_data/to_process/spotify_raw_me-tracks-ann_20261122T060000Z.json",
        };
        Assert.Equal(loaded, outcome.Source);
        Assert.Equal(
            """{"playlist":{"id":"ann:tracks","name":"Saved tracks","owner":{"id":"ann","display_name":"\u00C4nn"},"snapshot_id":null,"items":{"total":1}},"""
            + "\"extracted_at\":\"2026-11-22T06:00:00Z\",\"items\":[\n"
            + """{"added_at":"2026-11-01T00:00:00Z", "track":{"id":"t1"} }""" + "\n]}\n",
            extraction.RawText);
        Assert.All(extraction.Server.Requests.Where(asked => asked.IsPage), asked => Assert.Equal(("50", "SE"), (asked.Query["limit"], asked.Query["market"])));
    }

    [Theory]
    [InlineData("short_term", "short term")]
    [InlineData("medium_term", "medium term")]
    [InlineData("long_term", "long term")]
    public async Task Top_tracks_are_a_raw_file_of_bare_tracks(string range, string words)
    {
        await using var extraction = await StartAsync(market: "SE");
        extraction.Server.User.TopTracks = [.. Enumerable.Range(0, 70).Select(n => $$"""{"id":"t{{n}}"}""")];

        var outcome = await extraction.RunSourceAsync($"me/top/tracks:{range}");

        Assert.Equal((PlaylistStatus.Loaded, 70, $"Top tracks, {words}"), (outcome.Source!.Status, outcome.Source.Items, outcome.Source.Name));
        Assert.Equal($"raw_data/to_process/spotify_raw_me-top-tracks-{range}-ann_20261122T060000Z.json", outcome.Source.RawKey);
        Assert.StartsWith($$"""{"playlist":{"id":"ann:top-tracks:{{range}}","name":"Top tracks, {{words}}",""", extraction.RawText, StringComparison.Ordinal);
        Assert.EndsWith("\"items\":[\n" + string.Join(",\n", extraction.Server.User.TopTracks) + "\n]}\n", extraction.RawText, StringComparison.Ordinal);
        Assert.All(
            extraction.Server.Requests.Where(asked => asked.IsPage),
            asked => Assert.Equal((range, false), (asked.Query["time_range"], asked.Query.ContainsKey("market"))));
    }

    [Theory]
    [InlineData("me/tracks")]
    [InlineData("me/top/tracks:short_term")]
    public async Task A_list_without_rows_is_loaded_as_such(string source)
    {
        await using var extraction = await StartAsync();

        var outcome = await extraction.RunSourceAsync(source);

        Assert.Equal((PlaylistStatus.Loaded, 0), (outcome.Source!.Status, outcome.Source.Items));
        Assert.Contains("\"items\":{\"total\":0}}", extraction.RawText, StringComparison.Ordinal);
        Assert.EndsWith("\"items\":[\n]}\n", extraction.RawText, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(50)]
    public async Task A_song_that_is_saved_while_the_library_is_read_has_it_read_anew(int whenAsked)
    {
        await using var extraction = await StartAsync();
        extraction.Server.User.SavedTracks = Extraction.RowsOf(60);
        var pages = 0;
        extraction.Server.Script = asked =>
        {
            // A page of the same number of rows comes, of which the first is another.
            if (asked.Number("offset") == whenAsked && ++pages == (whenAsked == 0 ? 2 : 1))
            {
                extraction.Server.User.SavedTracks = ["""{"n":-1,"track":{}}""", .. Extraction.RowsOf(59)];
            }

            return null;
        };

        var outcome = await extraction.RunSourceAsync("me/tracks");

        Assert.Equal(60, outcome.Source?.Items);
        Assert.Contains("\"items\":[\n{\"n\":-1,", extraction.RawText, StringComparison.Ordinal);
        Assert.Single(extraction.Lake.GivenUp);
        Assert.Contains(extraction.Log.Lines, line => line.Contains("Source me/tracks read anew: its first rows", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_song_that_is_removed_while_the_library_is_read_has_it_read_anew()
    {
        await using var extraction = await StartAsync();
        extraction.Server.User.SavedTracks = Extraction.RowsOf(60);
        extraction.Server.Script = asked =>
        {
            if (asked.Number("offset") == 50)
            {
                extraction.Server.User.SavedTracks = Extraction.RowsOf(59);
            }

            return null;
        };

        Assert.Equal(59, (await extraction.RunSourceAsync("me/tracks")).Source?.Items);
        Assert.Single(extraction.Lake.GivenUp);
    }

    [Theory]
    [InlineData("me/tracks")]
    [InlineData("me/top/tracks:long_term")]
    [InlineData("me/playlists")]
    public async Task A_list_that_changes_on_every_pass_is_given_up_after_starting_over_three_times(string source)
    {
        await using var extraction = await StartAsync();
        var asked = 0;
        extraction.Server.Script = request =>
        {
            if (request.IsPage)
            {
                var row = UserLists.Playlist($"4hRz0PqVt2mXk9wYc7Lb{asked++:D2}", "ann");
                (extraction.Server.User.SavedTracks, extraction.Server.User.TopTracks, extraction.Server.User.Playlists) = ([row], [row], [row]);
            }

            return null;
        };

        var error = await Assert.ThrowsAsync<TransientEtlException>(() => extraction.RunSourceAsync(source));

        Assert.Contains($"Source {source} was not read whole in 4 passes: its first rows, or how many there are", error.Message, StringComparison.Ordinal);
        Assert.Equal(8, asked);
        Assert.Empty(extraction.Lake.Keys);
    }

    [Theory]
    [InlineData("null")]
    [InlineData("""{"track":null}""")]
    public async Task Rows_of_which_none_holds_anything_are_an_error_and_not_a_library(string row)
    {
        await using var extraction = await StartAsync();
        extraction.Server.User.SavedTracks = [row, row];

        var error = await Assert.ThrowsAsync<PermanentEtlException>(() => extraction.RunSourceAsync("me/tracks"));

        Assert.Contains("Source me/tracks: Spotify gave 2 rows and in none of them a track or an episode", error.Message, StringComparison.Ordinal);
        Assert.Empty(extraction.Lake.Keys);
    }

    [Fact]
    public async Task The_playlists_that_the_user_owns_or_collaborates_on_are_found_each_once()
    {
        await using var extraction = await StartAsync();
        string[] ids = [.. Enumerable.Range(0, 70).Select(n => $"4hRz0PqVt2mXk9wYc7Lb{n:D2}")];
        extraction.Server.User.Playlists =
        [
            "null",
            .. ids.Select(id => UserLists.Playlist(id, "ann")),
            UserLists.Playlist("4hRz0PqVt2mXk9wYc7LbNa", "bob"),
            UserLists.Playlist("4hRz0PqVt2mXk9wYc7LbNb", "bob", collaborative: true),
            UserLists.Playlist(ids[0], "ann"),
            "null",
            UserLists.Playlist("of another kind", "ann"),
        ];

        var outcome = await extraction.RunSourceAsync("me/playlists");

        Assert.Equal([.. ids, "4hRz0PqVt2mXk9wYc7LbNb"], outcome.Source!.Playlists!);
        Assert.Equal((PlaylistStatus.Loaded, 71, null), (outcome.Source.Status, outcome.Source.Items, outcome.Source.RawKey));
        Assert.Empty(extraction.Lake.Begun);
    }

    [Fact]
    public async Task Who_the_user_is_is_asked_once_for_all_sources()
    {
        await using var extraction = await StartAsync();

        await extraction.RunSourceAsync("me/tracks");
        await extraction.RunSourceAsync("me/playlists");
        await extraction.RunSourceAsync("me/player/recently-played");

        Assert.Single(extraction.Server.Requests, asked => asked.Path == "/v1/me");
    }

    [Theory]
    [InlineData("[]")]
    [InlineData("""{"display_name":"Ann"}""")]
    [InlineData("""{"id":""}""")]
    [InlineData("""{"id":7}""")]
    public async Task A_user_without_an_id_is_a_failure_that_may_pass(string body)
    {
        await using var extraction = await StartAsync();
        extraction.Server.Script = asked => asked.Path == "/v1/me" ? new Answer(200, body) : null;

        var error = await Assert.ThrowsAsync<TransientEtlException>(() => extraction.RunSourceAsync("me/tracks"));

        Assert.Contains("An answer of Spotify for source me/tracks is broken", error.Message, StringComparison.Ordinal);
    }

    private static Task<Extraction> StartAsync(bool classic = false, string? market = null) =>
        Extraction.StartAsync(classic, settings: [("RefreshToken", SpotifyServer.RefreshToken), ("Market", market)]);
}
