using System.Text.Json.Nodes;
using SpotifyEtl.Functions.Tests.Spotify;
using SpotifyEtl.Local.Tests.Monitor;

namespace SpotifyEtl.Local.Tests.CommandLine;

/// <summary>Lists of the signed-in user, by the program.</summary>
public sealed class SourceOptionTests
{
    private const string Track =
        """{"id":"0tgVpDi06FyKpA1z0VMD4v","name":"Invented","album":{"id":"3T4tUhGYeRNVUGevb0wThu","name":"A"},"artists":[]}""";

    [Fact]
    public async Task Sources_that_are_given_are_loaded_and_told_of_and_those_of_the_settings_are_not()
    {
        await using var spotify = await SpotifyServer.StartAsync();
        using var program = Program(spotify);
        program.Settings["Spotify__Playlists"] = SpotifyServer.PlaylistId;
        program.Settings["Spotify__Sources"] = "me/player/recently-played";

        var text = await program.RunAsync("run", "--source", "ME/tracks", "--source", "me/top/tracks:long_term");
        var json = await program.RunAsync("run", "--source", "me/tracks", "--json");

        Assert.Equal((0, 0), (text.ExitCode, json.ExitCode));
        Assert.Contains("  source   me/tracks loaded: Saved tracks, 1 items\n", text.Output, StringComparison.Ordinal);
        Assert.Contains("  source   me/top/tracks:long_term loaded: Top tracks, long term, 1 items\n", text.Output, StringComparison.Ordinal);
        Assert.DoesNotContain("recently-played", text.Output, StringComparison.Ordinal);
        var source = Assert.Single(JsonNode.Parse(json.Output)!["sources"]!.AsArray())!;
        Assert.Equal(("me/tracks", "Loaded", 1), ((string?)source["source"], (string?)source["status"], (int?)source["items"]));
        Assert.Empty(JsonNode.Parse(json.Output)!["playlists"]!.AsArray());
    }

    [Fact]
    public async Task A_source_that_fails_ends_with_1_and_its_reason_while_others_are_loaded()
    {
        await using var spotify = await SpotifyServer.StartAsync();
        spotify.User.Scopes.Remove("user-top-read");
        using var program = Program(spotify);
        program.Settings["Spotify__Sources"] = "me/tracks,me/top/tracks:short_term";

        var end = await program.RunAsync("run");

        Assert.Equal(1, end.ExitCode);
        Assert.Contains("source   me/tracks loaded", end.Output, StringComparison.Ordinal);
        Assert.Contains("Source me/top/tracks:short_term: Spotify refuses this app the contents", end.Errors, StringComparison.Ordinal);
        Assert.Contains("lacks the scope user-top-read", end.Errors, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Without_a_user_a_source_ends_with_2_given_or_set()
    {
        await using var spotify = await SpotifyServer.StartAsync();
        using var program = Program(spotify);
        program.Settings.Remove("Spotify__RefreshToken");

        var given = await program.RunAsync("run", "--source", "me/tracks");
        program.Settings["Spotify__Sources"] = "me/tracks";
        var set = await program.RunAsync("run");

        Assert.Equal((2, 2), (given.ExitCode, set.ExitCode));
        Assert.All(
            [given, set], end => Assert.Contains("run 'spotify-etl authorize --source me/tracks'", end.Errors, StringComparison.Ordinal));
        Assert.Empty(spotify.Requests);
    }

    [Fact]
    public async Task Doctor_asks_for_one_row_of_each_source_of_the_settings()
    {
        await using var spotify = await SpotifyServer.StartAsync();
        spotify.User.Scopes.Remove("user-read-recently-played");
        using var program = Program(spotify);
        program.Settings["Spotify__Sources"] = "me/tracks,me/player/recently-played,me/playlists";

        var end = await program.RunAsync("doctor", "--all");

        Assert.Equal(1, end.ExitCode);
        Assert.Contains("ok       sources        Spotify gives me/tracks, me/playlists.", end.Output, StringComparison.Ordinal);
        Assert.Contains(
            "failed   sources        Spotify refuses this app the contents of source me/player/recently-played", end.Output, StringComparison.Ordinal);
        Assert.All(spotify.Requests, asked => Assert.Equal("1", asked.Query["limit"]));
    }

    [Fact]
    public async Task The_run_monitor_offers_the_sources_of_the_settings_and_shows_what_became_of_them()
    {
        await using var spotify = await SpotifyServer.StartAsync();
        using var program = Program(spotify);
        program.Settings["Spotify__Sources"] = "me/tracks,me/top/tracks:short_term";
        await using var server = await program.ServeAsync();
        using MonitorClient browser = new(server);

        var form = await browser.ReadAsync("/start");
        using var started = await browser.PostAsync("/start", ("source", "me/tracks"));
        var run = started.Headers.Location!.ToString();
        var page = await browser.ReadAsync(run);
        using PeriodicTimer poll = new(TimeSpan.FromMilliseconds(50));
        while (!page.Contains(">Succeeded<", StringComparison.Ordinal))
        {
            await poll.WaitForNextTickAsync(TestContext.Current.CancellationToken);
            page = await browser.ReadAsync(run);
        }

        Assert.Contains("name=\"source\" value=\"me/tracks\" checked", form, StringComparison.Ordinal);
        Assert.All(
            ["ExtractSource", "<bdi>Saved tracks</bdi>", "<dd>me/tracks</dd>", "spotify_raw_me-tracks-ann_"],
            text => Assert.Contains(text, page, StringComparison.Ordinal));
        Assert.DoesNotContain("top/tracks", page, StringComparison.Ordinal);
        Assert.Contains("dir=\"auto\"><span class=\"brief\">1 source</span>", await browser.ReadAsync("/"), StringComparison.Ordinal);
    }

    private static SpotifyEtlProgram Program(SpotifyServer spotify)
    {
        spotify.User.SavedTracks = [$$"""{"added_at":"2026-11-01T00:00:00Z","track":{{Track}}}"""];
        spotify.User.TopTracks = [Track];
        SpotifyEtlProgram program = new();
        program.Settings["Spotify__ClientId"] = SpotifyServer.ClientId;
        program.Settings["Spotify__ClientSecret"] = SpotifyServer.ClientSecret;
        program.Settings["Spotify__RefreshToken"] = SpotifyServer.RefreshToken;
        program.Settings["Spotify__ApiBaseUrl"] = spotify.ApiBaseUrl;
        program.Settings["Spotify__TokenUrl"] = spotify.TokenUrl;
        return program;
    }
}
