using System.Net;
using SpotifyEtl.Functions.Tests.Spotify;
using SpotifyEtl.Local.Tests.CommandLine;

namespace SpotifyEtl.Local.Tests.Monitor;

public sealed class MonitorSecurityTests
{
    private const string Key = "a-long-random-text";

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Every_page_forbids_what_is_not_its_own_and_loads_nothing_inline()
    {
        using SpotifyEtlProgram program = new();
        await using var server = await program.ServeAsync();
        using MonitorClient browser = new(server);
        var run = await browser.RunAsync(("playlist", "SpotifyEtlDemoPlaylist"));

        foreach (var path in (string[])
            [
                "/", "/start", $"/runs/{run}", $"/runs/{run}/history", $"/runs/{run}/parts/files-1", $"/runs/{run}/parts/files-1/history", $"/runs/{run}/purge",
                "/runs/none", "/runs/none/parts/x", "/runs/none/history", "/rejected?file=none.json", "/rejected?file=..%2Fx",
                "/tables", "/tables/songs", "/tables/none", "/sql", "/sql?name=top_songs", "/sql?table=songs", "/sql?name=none",
            ])
        {
            using var answer = await browser.GetAsync(path);
            var page = await answer.Content.ReadAsStringAsync(Cancellation);

            Assert.Equal(
                "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; connect-src 'self'; form-action 'self'; frame-ancestors "
                    + "'none'; base-uri 'none'",
                Assert.Single(answer.Headers.GetValues("Content-Security-Policy")));
            Assert.Equal("no-store", answer.Headers.CacheControl!.ToString());
            Assert.Equal("nosniff", Assert.Single(answer.Headers.GetValues("X-Content-Type-Options")));
            Assert.DoesNotContain(" style=", page, StringComparison.OrdinalIgnoreCase);
            Assert.DoesNotContain("<style", page, StringComparison.OrdinalIgnoreCase);
            Assert.DoesNotContain(
                " on",
                string.Concat(
                    page.Split('<').Where(tag => tag.StartsWith("a ", StringComparison.Ordinal) || tag.StartsWith("button", StringComparison.Ordinal))),
                StringComparison.OrdinalIgnoreCase);
            Assert.DoesNotContain(
                "://",
                string.Concat(page.Split(["src=\"", "href=\""], StringSplitOptions.None).Skip(1).Select(text => text.Split('"')[0])),
                StringComparison.Ordinal);
        }
    }

    [Theory]
    [InlineData(null)]
    [InlineData("https://evil.example")]
    [InlineData("http://127.0.0.1:1")]
    [InlineData("null")]
    public async Task A_form_of_another_site_does_nothing(string? origin)
    {
        using SpotifyEtlProgram program = new();
        await using var server = await program.ServeAsync();
        using MonitorClient browser = new(server);
        var run = await browser.RunAsync(("playlist", "SpotifyEtlDemoPlaylist"));

        foreach (var path in (string[])["/start", "/reprocess", $"/runs/{run}/purge", $"/runs/{run}/rerun", "/sign-in", "/sign-out"])
        {
            using var refused = await browser.PostFromAsync(origin, path, ("playlist", "SpotifyEtlDemoPlaylist"));
            Assert.Equal(HttpStatusCode.Forbidden, refused.StatusCode);
        }

        Assert.Contains("<span>1 run</span>", await browser.ReadAsync("/"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task With_keys_the_pages_are_for_those_who_signed_in_and_the_key_is_in_no_cookie_and_no_address()
    {
        using SpotifyEtlProgram program = new();
        program.Settings["EmbeddedHost__Http__MasterKey"] = Key;
        program.Settings["EmbeddedHost__Http__FunctionKey"] = "another-key";
        await using var server = await program.ServeAsync();
        using MonitorClient browser = new(server);

        foreach (var path in (string[])
            [
                "/", "/start", "/report", "/rejected?file=x.json", "/runs/none", "/runs/none/purge", "/runs/none/parts/x", "/runs/none/history",
                "/runs/none/history/1/0", "/tables", "/tables/songs", "/sql", "/sql?name=top_songs",
            ])
        {
            using var sent = await browser.GetAsync(path);
            Assert.Equal(HttpStatusCode.SeeOther, sent.StatusCode);
            Assert.StartsWith("/sign-in", sent.Headers.Location!.ToString(), StringComparison.Ordinal);
        }

        foreach (var path in (string[])["/sql", "/sql/download", "/sql/download/outcome", "/sql/download/cancel", "/tables/songs"])
        {
            using var sent = await browser.PostAsync(path, ("sql", "SELECT 1 AS a"), ("format", "csv"));
            Assert.Equal((HttpStatusCode.SeeOther, "/sign-in"), (sent.StatusCode, sent.Headers.Location!.ToString()));
        }

        using var start = await browser.PostAsync("/start", ("playlist", "SpotifyEtlDemoPlaylist"));
        using var wrong = await browser.PostAsync("/sign-in", ("key", "a-wrong-key"));
        using var right = await browser.PostAsync("/sign-in", ("key", Key), ("next", "/start"));
        var cookie = Assert.Single(right.Headers.GetValues("Set-Cookie"));
        var list = await browser.ReadAsync("/");
        using var ended = await browser.PostAsync("/sign-out");
        using var after = await browser.GetAsync("/");
        using var function = await browser.PostAsync("/sign-in", ("key", "another-key"));

        Assert.Equal((HttpStatusCode.SeeOther, "/sign-in"), (start.StatusCode, start.Headers.Location!.ToString()));
        Assert.Equal(HttpStatusCode.Forbidden, wrong.StatusCode);
        Assert.Contains("role=\"alert\"", await wrong.Content.ReadAsStringAsync(Cancellation), StringComparison.Ordinal);
        Assert.Equal("/start", right.Headers.Location!.ToString());
        Assert.Contains("httponly", cookie, StringComparison.OrdinalIgnoreCase);
        Assert.Contains("samesite=strict", cookie, StringComparison.OrdinalIgnoreCase);
        Assert.DoesNotContain(Key, cookie, StringComparison.Ordinal);
        Assert.Contains("No run yet", list, StringComparison.Ordinal);
        Assert.Contains("Sign out", list, StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.SeeOther, after.StatusCode);
        Assert.Equal((HttpStatusCode.SeeOther, "/"), (function.StatusCode, function.Headers.Location!.ToString()));
    }

    [Fact]
    public async Task Of_the_lake_only_the_reasons_of_rejected_files_are_shown_and_as_plain_text()
    {
        const string Hostile = "<img src=x onerror=alert(1)> é.json";
        using SpotifyEtlProgram program = new();
        program.Write("lake/demo/raw_data/rejected/" + Hostile + ".error.json", """{"reason":"<script>"}""");
        program.Write("lake/demo/raw_data/rejected/other.json", "a raw file");
        program.Write("lake/demo/raw_data/processed/x.error.json", "not of rejected");
        await using var server = await program.ServeAsync("--lake", "file:lake/demo");
        using MonitorClient browser = new(server);

        using var shown = await browser.GetAsync("/rejected?file=" + Uri.EscapeDataString(Hostile));

        Assert.Equal((HttpStatusCode.OK, "text/plain"), (shown.StatusCode, shown.Content.Headers.ContentType!.MediaType));
        Assert.Equal("nosniff", Assert.Single(shown.Headers.GetValues("X-Content-Type-Options")));
        Assert.Equal("""{"reason":"<script>"}""", await shown.Content.ReadAsStringAsync(Cancellation));
        string[] others =
            ["", ".", "..", "../processed/x", "..\\processed\\x", "/etc/passwd", "other.json", ".hidden", "a\nb", "../../run_data/x"];
        foreach (var name in others)
        {
            using var refused = await browser.GetAsync("/rejected?file=" + Uri.EscapeDataString(name));
            Assert.Equal(name == "other.json" ? HttpStatusCode.NotFound : HttpStatusCode.BadRequest, refused.StatusCode);
        }
    }

    [Fact]
    public async Task The_report_runs_nothing_but_its_own_script_and_is_of_no_origin()
    {
        using SpotifyEtlProgram program = new();
        await using var server = await program.ServeAsync();
        using MonitorClient browser = new(server);
        using var before = await browser.GetAsync("/report");
        program.Write(".spotify-etl/demo/reports/latest.html", "<!DOCTYPE html><title>Report</title><script>alert(1)</script>");

        using var report = await browser.GetAsync("/report");

        Assert.Equal(HttpStatusCode.NotFound, before.StatusCode);
        Assert.Equal((HttpStatusCode.OK, "text/html"), (report.StatusCode, report.Content.Headers.ContentType!.MediaType));
        var policy = Assert.Single(report.Headers.GetValues("Content-Security-Policy"));
        Assert.Contains("default-src 'none'", policy, StringComparison.Ordinal);
        Assert.Matches("; script-src 'sha256-[A-Za-z0-9+/=]+'; img-src https://", policy);
        Assert.EndsWith("; sandbox allow-scripts", policy, StringComparison.Ordinal);
        Assert.Contains("href=\"/report\"", await browser.ReadAsync("/"), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("//evil.example")]
    [InlineData("/\\evil.example")]
    [InlineData("https://evil.example")]
    [InlineData("/\n/evil.example")]
    public async Task Signing_in_leads_to_this_host_only(string next)
    {
        using SpotifyEtlProgram program = new();
        program.Settings["EmbeddedHost__Http__MasterKey"] = Key;
        await using var server = await program.ServeAsync();
        using MonitorClient browser = new(server);

        using var signedIn = await browser.PostAsync("/sign-in", ("key", Key), ("next", next));

        Assert.Equal("/", signedIn.Headers.Location!.ToString());
    }

    [Fact]
    public async Task Names_ids_and_reasons_of_others_show_as_text()
    {
        const string Hostile = "<script>alert('x')</script>\"><img src=x onerror=alert(1)>\u202Eمرحبا";
        await using var spotify = await SpotifyServer.StartAsync(rows: ["""{"added_at":"2026-01-01T00:00:00Z","item":{"id":"t","name":"n"}}"""]);
        spotify.Script = asked => asked.IsPage ? Answer.Error(400, "<script>alert('reason')</script>") : null;
        using SpotifyEtlProgram program = new();
        program.Settings["Spotify__ClientId"] = SpotifyServer.ClientId;
        program.Settings["Spotify__ClientSecret"] = SpotifyServer.ClientSecret;
        program.Settings["Spotify__ApiBaseUrl"] = spotify.ApiBaseUrl;
        program.Settings["Spotify__TokenUrl"] = spotify.TokenUrl;
        program.Write("lake/spotify-etl-project-demo/raw_data/to_process/<script>alert('file')<b>.json", "{\"items\":[]}");
        await using var server = await program.ServeAsync();
        using MonitorClient browser = new(server);
        var run = await browser.RunAsync(("playlists", SpotifyServer.PlaylistId));

        string[] pages =
        [
            await browser.ReadAsync("/?id=" + Uri.EscapeDataString(Hostile)),
            await browser.ReadAsync("/"),
            await browser.ReadAsync($"/runs/{run}"),
            await browser.ReadAsync($"/runs/{run}/parts/files-1"),
            await browser.ReadAsync($"/runs/{run}/parts/files-1/history"),
            await browser.ReadAsync($"/runs/{run}/history"),
            await (await browser.GetAsync("/runs/" + Uri.EscapeDataString(Hostile.Replace("/", string.Empty, StringComparison.Ordinal)))).Content
                .ReadAsStringAsync(Cancellation),
            await (await browser.PostAsync("/start", ("playlists", Hostile))).Content.ReadAsStringAsync(Cancellation),
        ];

        Assert.All(pages, page => Assert.Single(page.Split("<script", StringSplitOptions.None).Skip(1)));
        Assert.All(pages, page => Assert.DoesNotContain("<img", page, StringComparison.Ordinal));
        Assert.Contains("&lt;script&gt;alert(&#x27;reason&#x27;)&lt;/script&gt;", pages[2], StringComparison.Ordinal);
        Assert.Contains("&lt;script&gt;alert(&#x27;file&#x27;)", pages[2], StringComparison.Ordinal);
        Assert.Contains("&lt;script&gt;alert(&#x27;file&#x27;)", pages[3], StringComparison.Ordinal);
    }
}
