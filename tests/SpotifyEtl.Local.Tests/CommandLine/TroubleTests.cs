using SpotifyEtl.Functions.Tests.Spotify;

namespace SpotifyEtl.Local.Tests.CommandLine;

public sealed class TroubleTests
{
    [Fact]
    public async Task A_retry_is_one_line_without_prefix_or_type_and_the_run_then_succeeds()
    {
        await using var spotify = await SpotifyServer.StartAsync();
        var refused = 0;
        spotify.Script = asked =>
            asked.Path.StartsWith("/v1/", StringComparison.Ordinal) && Interlocked.Increment(ref refused) <= 2 ? Answer.Error(503, "out of order") : null;
        using var program = Program(spotify.ApiBaseUrl, spotify.TokenUrl);

        var ended = await program.RunAsync("run", "--playlist", SpotifyServer.PlaylistId);

        Assert.Equal(0, ended.ExitCode);
        Assert.Collection(
            ended.Errors.TrimEnd('\n').Split('\n'),
            line => Assert.Matches($"^GET playlists/{SpotifyServer.PlaylistId}: Spotify answers 503\\. Try 2 of [0-9]+ in [0-9.]+ s\\.$", line),
            line => Assert.Matches($"^GET playlists/{SpotifyServer.PlaylistId}: Spotify answers 503\\. Try 3 of [0-9]+ in [0-9.]+ s\\.$", line));
    }

    [Fact]
    public async Task Where_no_Spotify_can_be_reached_the_reason_and_what_to_do_stand_once_at_the_end()
    {
        using var program = Program("http://no-such-host.invalid/v1/", "http://no-such-host.invalid/api/token");

        var ended = await program.RunAsync("run", "--playlist", SpotifyServer.PlaylistId);

        Assert.Equal(1, ended.ExitCode);
        Assert.Contains($"  playlist {SpotifyServer.PlaylistId} failed\n", ended.Output, StringComparison.Ordinal);
        var lines = ended.Errors.TrimEnd('\n').Split('\n');
        Assert.All(lines[..^1], line => Assert.Matches("^GET playlists/.+ does not resolve .+ Try [23] of 3 in [0-9.]+ s\\.$", line));
        Assert.Matches(
            $"^Playlist {SpotifyServer.PlaylistId}: The name in http://no-such-host.invalid does not resolve .+ Check that the machine has a network",
            lines[^1]);
        Assert.Equal(3, lines.Length);
    }

    [Theory]
    [InlineData("Spotify__ClientSecrt", "Spotify__ClientSecrt is set, and nothing reads it. Did you mean 'Spotify__ClientSecret'?")]
    [InlineData("EmbeddedHost__Http__Prot", "EmbeddedHost__Http__Prot is set, and nothing reads it. Did you mean 'EmbeddedHost__Http__Port'?")]
    [InlineData("Spotifi__ClientId", "Spotifi__ClientId is set, and nothing reads it. Did you mean 'Spotify__ClientId'?")]
    public async Task A_misspelt_setting_is_told_when_a_run_starts_and_when_a_server_does(string name, string message)
    {
        using SpotifyEtlProgram program = new();
        program.Settings[name] = "x";

        var run = await program.RunAsync("run", "--json");
        await using var server = await program.ServeAsync();
        var served = await server.StopAsync();

        Assert.Equal((0, message), (run.ExitCode, run.Errors.Split('\n')[0]));
        Assert.Contains(message, served.Errors, StringComparison.Ordinal);
    }

    private static SpotifyEtlProgram Program(string api, string token)
    {
        SpotifyEtlProgram program = new();
        program.Settings["Spotify__ClientId"] = SpotifyServer.ClientId;
        program.Settings["Spotify__ClientSecret"] = SpotifyServer.ClientSecret;
        program.Settings["Spotify__ApiBaseUrl"] = api;
        program.Settings["Spotify__TokenUrl"] = token;
        return program;
    }
}
