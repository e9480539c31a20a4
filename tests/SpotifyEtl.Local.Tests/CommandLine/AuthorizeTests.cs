using System.Net;
using Microsoft.AspNetCore.WebUtilities;
using SpotifyEtl.Functions.Tests.Spotify;

namespace SpotifyEtl.Local.Tests.CommandLine;

public sealed class AuthorizeTests
{
    [Fact]
    public async Task A_user_who_agrees_leaves_a_refresh_token_in_the_settings_that_only_the_owner_can_read()
    {
        await using var spotify = await SpotifyServer.StartAsync();
        spotify.GivesRefreshToken = SpotifyServer.RefreshToken;
        using var program = Program(spotify);
        program.Write("local.settings.json", """{ "Values": { "Spotify__Sources": "me/top/tracks:short_term" } }""");
        Dictionary<string, Microsoft.Extensions.Primitives.StringValues> asked = [];

        var end = await program.WatchAsync(
            async line =>
            {
                if (Uri.TryCreate(line, UriKind.Absolute, out var address))
                {
                    asked = QueryHelpers.ParseQuery(address.Query);
                    Assert.Equal(HttpStatusCode.BadRequest, await VisitAsync(asked, "forged", $"code={SpotifyServer.Code}"));
                    Assert.Equal(HttpStatusCode.OK, await VisitAsync(asked, asked["state"]!, $"code={SpotifyServer.Code}"));
                }
            },
            "authorize", "--port", "0", "--source", "me/tracks");

        Assert.Equal((0, ""), (end.ExitCode, end.Errors));
        Assert.Equal("playlist-read-private playlist-read-collaborative user-top-read user-library-read", asked["scope"]);
        Assert.Contains(
            "It asks the user for playlist-read-private, playlist-read-collaborative, user-top-read, user-library-read.", end.Output, StringComparison.Ordinal);
        Assert.Equal($"{SpotifyServer.ClientId} code", $"{asked["client_id"]} {asked["response_type"]}");
        Assert.Equal($"grant_type=authorization_code&code={SpotifyServer.Code}&redirect_uri={asked["redirect_uri"]}", Assert.Single(spotify.TokenForms));
        var settings = await File.ReadAllTextAsync(program.PathOf("local.settings.json"), TestContext.Current.CancellationToken);
        Assert.Contains($"\"Spotify__RefreshToken\": \"{SpotifyServer.RefreshToken}\"", settings, StringComparison.Ordinal);
        Assert.Contains("\"Spotify__AuthorizedAt\": \"20", settings, StringComparison.Ordinal);
        Assert.Contains("\"Spotify__Sources\": \"me/top/tracks:short_term\"", settings, StringComparison.Ordinal);
        Assert.DoesNotContain(SpotifyServer.RefreshToken, end.Output, StringComparison.Ordinal);
        if (!OperatingSystem.IsWindows())
        {
            Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(program.PathOf("local.settings.json")));
        }

        spotify.User.TopTracks = ["""{"id":"0tgVpDi06FyKpA1z0VMD4v","name":"Invented","album":{"id":"3T4tUhGYeRNVUGevb0wThu","name":"A"},"artists":[]}"""];
        var run = await program.RunAsync("run", "--json");
        Assert.Equal(0, run.ExitCode);
        Assert.Contains("\"song\":1", run.Output.Replace(" ", "", StringComparison.Ordinal), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_user_who_does_not_agree_changes_nothing()
    {
        await using var spotify = await SpotifyServer.StartAsync();
        using var program = Program(spotify);

        var end = await program.WatchAsync(
            async line =>
            {
                if (Uri.TryCreate(line, UriKind.Absolute, out var address))
                {
                    var asked = QueryHelpers.ParseQuery(address.Query);
                    await VisitAsync(asked, asked["state"]!, "error=access_denied");
                }
            },
            "authorize", "--port", "0");

        Assert.Equal(1, end.ExitCode);
        Assert.Contains("The user did not agree", end.Errors, StringComparison.Ordinal);
        Assert.False(File.Exists(program.PathOf("local.settings.json")));
        Assert.Empty(spotify.TokenForms);
    }

    [Fact]
    public async Task Without_an_app_there_is_nothing_to_authorize()
    {
        using SpotifyEtlProgram program = new();

        var end = await program.RunAsync("authorize");

        Assert.Equal(2, end.ExitCode);
        Assert.Contains("Spotify__ClientId and Spotify__ClientSecret are not set", end.Errors, StringComparison.Ordinal);
    }

    private static SpotifyEtlProgram Program(SpotifyServer spotify)
    {
        SpotifyEtlProgram program = new();
        program.Settings["Spotify__ClientId"] = SpotifyServer.ClientId;
        program.Settings["Spotify__ClientSecret"] = SpotifyServer.ClientSecret;
        program.Settings["Spotify__ApiBaseUrl"] = spotify.ApiBaseUrl;
        program.Settings["Spotify__TokenUrl"] = spotify.TokenUrl;
        return program;
    }

    private static async Task<HttpStatusCode> VisitAsync(
        Dictionary<string, Microsoft.Extensions.Primitives.StringValues> asked, string state, string answer)
    {
        using HttpClient browser = new();
        using var page = await browser.GetAsync($"{asked["redirect_uri"]}?state={state}&{answer}", TestContext.Current.CancellationToken);
        return page.StatusCode;
    }
}
