using SpotifyEtl.Errors;

namespace SpotifyEtl.Functions.Tests.Spotify;

public sealed class RedirectTests
{
    private static readonly string[] s_settings = ["ApiBaseUrl", "TokenUrl"];

    [Theory]
    [InlineData(301)]
    [InlineData(302)]
    [InlineData(303)]
    [InlineData(307)]
    [InlineData(308)]
    public async Task No_redirect_to_another_host_is_followed_with_a_token(int status)
    {
        await using var extraction = await Extraction.StartAsync();
        await using var other = await SpotifyServer.StartAsync();
        var elsewhere = other.ApiBaseUrl.Replace("://", "://ann:secret=1@", StringComparison.Ordinal) + "/playlists/x/items?secret=1";
        extraction.Server.Script = asked => asked.IsPage ? Redirect(status, elsewhere) : null;

        var error = await Assert.ThrowsAsync<PermanentEtlException>(() => extraction.RunAsync());

        Assert.Contains($"Playlist {SpotifyServer.PlaylistId}: ", error.Message, StringComparison.Ordinal);
        Assert.Contains($"redirects to another host ({other.ApiBaseUrl[..^3]}), which is not followed", error.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("secret=1", error.Message, StringComparison.Ordinal);
        Assert.Empty(other.Requests);
        Assert.Single(extraction.Server.Requests, asked => asked.IsPage);
    }

    [Theory]
    [InlineData(302)]
    [InlineData(307)]
    [InlineData(308)]
    public async Task No_redirect_to_another_host_is_followed_with_the_client_secret(int status)
    {
        await using var extraction = await Extraction.StartAsync(settings: ("RefreshToken", SpotifyServer.RefreshToken));
        await using var other = await SpotifyServer.StartAsync();
        var asked = 0;
        extraction.Server.Script = request => request.Path == "/token" && ++asked > 0 ? Redirect(status, other.TokenUrl) : null;

        var error = await Assert.ThrowsAsync<PermanentEtlException>(() => extraction.RunAsync());

        Assert.Contains("redirects to another host", error.Message, StringComparison.Ordinal);
        Assert.Empty(other.TokenForms);
        Assert.Equal(1, asked);
    }

    [Fact]
    public async Task A_redirect_to_the_same_host_under_another_name_is_one_to_another_host()
    {
        await using var extraction = await Extraction.StartAsync();
        var elsewhere = extraction.Server.ApiBaseUrl.Replace("127.0.0.1", "localhost", StringComparison.Ordinal);
        extraction.Server.Script = asked => asked.IsPage ? Redirect(307, elsewhere) : null;

        await Assert.ThrowsAsync<PermanentEtlException>(() => extraction.RunAsync());

        Assert.Single(extraction.Server.Requests, asked => asked.IsPage);
    }

    [Fact]
    public async Task Redirects_on_the_same_host_are_followed_signed()
    {
        await using var extraction = await Extraction.StartAsync();
        extraction.Server.Script = asked => asked switch
        {
            { Path: "/token", Query.Count: 0 } => Redirect(307, "/token?moved=1"),
            { IsPage: true } when !asked.Query.ContainsKey("moved") =>
                Redirect(302, $"{asked.Path}?moved=1&limit={asked.Query["limit"]}&offset={asked.Query["offset"]}"),
            _ => null,
        };

        var outcome = await extraction.RunAsync();

        Assert.Equal(3, outcome.Playlist?.Items);
        Assert.Equal(1, extraction.Server.TokensGiven);
    }

    [Theory]
    [InlineData("the same")]
    [InlineData("there and back")]
    [InlineData("ever on")]
    public async Task A_redirect_in_a_circle_ends_at_once(string circle)
    {
        await using var extraction = await Extraction.StartAsync();
        var asked = 0;
        extraction.Server.Script = request => request.Path == "/token" ? null : Redirect(302, circle switch
        {
            "the same" => request.Path,
            "there and back" => ++asked % 2 == 0 ? request.Path : request.Path + "?back=1",
            _ => $"{request.Path}?on={++asked}",
        });

        var error = await Assert.ThrowsAsync<PermanentEtlException>(() => extraction.RunAsync());

        Assert.Contains("redirects in a circle", error.Message, StringComparison.Ordinal);
        Assert.All(s_settings, setting => Assert.Contains($"Spotify__{setting}", error.Message, StringComparison.Ordinal));
        Assert.InRange(extraction.Server.Requests.Count, 1, 6);
        Assert.Equal(Extraction.RunStart.AddSeconds(30), extraction.Clock.GetUtcNow());
    }

    [Theory]
    [InlineData(302, null)]
    [InlineData(304, null)]
    [InlineData(307, "http://:0")]
    [InlineData(307, "ftp://127.0.0.1/")]
    public async Task A_redirect_that_leads_nowhere_ends_at_once(int status, string? location)
    {
        await using var extraction = await Extraction.StartAsync();
        extraction.Server.Script = asked => asked.IsPage ? Redirect(status, location) : null;

        await Assert.ThrowsAsync<PermanentEtlException>(() => extraction.RunAsync());

        Assert.Single(extraction.Server.Requests, asked => asked.IsPage);
    }

    [Fact]
    public async Task A_redirect_that_would_leave_out_the_form_of_a_token_request_is_not_followed()
    {
        await using var extraction = await Extraction.StartAsync();
        extraction.Server.Script = asked => asked.Path == "/token" && asked.Query.Count == 0 ? Redirect(302, "/token?moved=1") : null;

        var error = await Assert.ThrowsAsync<PermanentEtlException>(() => extraction.RunAsync());

        Assert.Contains("answers a request for a token with 302, a redirect", error.Message, StringComparison.Ordinal);
        Assert.Empty(extraction.Server.TokenForms);
    }

    private static Answer Redirect(int status, string? location) =>
        new(status, "") { Headers = location is null ? [] : new(StringComparer.Ordinal) { ["Location"] = location } };
}
