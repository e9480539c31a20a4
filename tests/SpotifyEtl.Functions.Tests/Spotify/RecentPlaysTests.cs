using System.Text.Json;
using SpotifyEtl.Errors;
using SpotifyEtl.Spotify;

namespace SpotifyEtl.Functions.Tests.Spotify;

public sealed class RecentPlaysTests
{
    private const string Source = "me/player/recently-played";

    private static readonly DateTimeOffset s_first = new(2026, 11, 21, 20, 0, 0, 589, TimeSpan.Zero);

    [Fact]
    public async Task The_last_fifty_plays_are_a_raw_file_of_their_own_shape()
    {
        await using var extraction = await StartAsync(plays: 60);

        var outcome = await extraction.RunSourceAsync(Source);

        var user = extraction.Server.User;
        SourceResult loaded = new()
        {
            Source = Source,
            Status = PlaylistStatus.Loaded,
            Name = "Recently played",
            Items = 50,
            RawKey = "raw_data/to_process/spotify_raw_me-player-recently-played-ann_20261122T060000Z.json",
        };
        Assert.Equal(loaded, outcome.Source);
        Assert.Equal(
            """{"source":{"name":"me/player/recently-played","user_id":"ann","user_name":"\u00C4nn"},"extracted_at":"2026-11-22T06:00:00Z","items":[""" + "\n"
            + string.Join(",\n", user.Plays.Skip(10).Reverse().Select(user.Play)) + "\n]}\n",
            extraction.RawText);
        var asked = Assert.Single(extraction.Server.Requests, request => request.IsPage);
        Assert.Equal((false, "50"), (asked.Query.ContainsKey("after"), asked.Query["limit"]));
    }

    [Fact]
    public async Task Reading_goes_on_after_the_newest_play_that_is_loaded_to_the_millisecond()
    {
        await using var extraction = await StartAsync(plays: 10);
        extraction.PlayedUntil = s_first.AddMinutes(6);

        var outcome = await extraction.RunSourceAsync(Source);

        Assert.Equal((3, null), (outcome.Source!.Items, outcome.Source.Warning));
        Assert.Equal(
            extraction.PlayedUntil.Value.ToUnixTimeMilliseconds(),
            long.Parse(Assert.Single(extraction.Server.Requests, asked => asked.IsPage).Query["after"], System.Globalization.CultureInfo.InvariantCulture));
    }

    [Theory]
    [InlineData(3)]
    [InlineData(0)]
    public async Task A_user_who_has_played_nothing_new_is_skipped_and_leaves_no_file(int plays)
    {
        await using var extraction = await StartAsync(plays);
        extraction.PlayedUntil = s_first.AddMinutes(2);

        var outcome = await extraction.RunSourceAsync(Source);

        Assert.Equal(
            SourceResult.Skipped(Id(), "Nothing was played since 2026-11-21 20:02:00 UTC."), outcome.Source);
        Assert.Empty(extraction.Lake.Begun);
    }

    [Fact]
    public async Task Plays_that_come_again_although_they_are_loaded_are_nothing_new()
    {
        await using var extraction = await StartAsync(plays: 3);
        extraction.PlayedUntil = s_first.AddMinutes(2);
        var page = $$"""{"items":[{{extraction.Server.User.Play(s_first)}}]}""";
        extraction.Server.Script = asked => asked.IsPage ? new Answer(200, page) : null;

        Assert.Equal(PlaylistStatus.Skipped, (await extraction.RunSourceAsync(Source)).Source?.Status);
    }

    [Fact]
    public async Task A_user_who_has_never_played_anything_is_skipped()
    {
        await using var extraction = await StartAsync(plays: 0);

        Assert.Equal(SourceResult.Skipped(Id(), "Spotify knows of nothing that was played."), (await extraction.RunSourceAsync(Source)).Source);
    }

    [Fact]
    public async Task As_many_plays_as_Spotify_keeps_come_with_a_warning_that_some_may_be_missed()
    {
        await using var extraction = await StartAsync(plays: 60);
        extraction.PlayedUntil = s_first.AddMinutes(5);

        var outcome = await extraction.RunSourceAsync(Source);

        Assert.Equal(50, outcome.Source!.Items);
        Assert.Equal(
            "Spotify keeps the last 50 plays only, and 50 came since 2026-11-21 20:05:00 UTC: what was played between that and 2026-11-21 20:10:00 UTC may be "
            + "missed. Run it more often: every hour is safe, or every 25 minutes for songs that are skipped.",
            outcome.Source.Warning);
    }

    [Fact]
    public async Task Many_plays_come_without_a_warning_where_what_Spotify_keeps_goes_back_to_those_that_are_loaded()
    {
        await using var extraction = await StartAsync(plays: 60);
        extraction.PlayedUntil = s_first.AddMinutes(11);

        var outcome = await extraction.RunSourceAsync(Source);

        Assert.Equal((48, null), (outcome.Source!.Items, outcome.Source.Warning));
    }

    [Fact]
    public async Task Full_pages_are_followed_by_their_cursors_in_the_order_in_which_they_came()
    {
        await using var extraction = await StartAsync(plays: 0);
        extraction.PlayedUntil = s_first;
        string[] cursors = [$"{s_first.AddHours(1).ToUnixTimeMilliseconds()}", $"{s_first.AddHours(2).ToUnixTimeMilliseconds()}", "null"];
        var pages = 0;
        extraction.Server.Script = asked => asked.IsPage
            ? new Answer(200, Page(s_first.AddHours(pages), pages < 2 ? 50 : 7, cursors[Math.Min(pages++, 2)]))
            : null;

        var outcome = await extraction.RunSourceAsync(Source);

        Assert.Equal(107, outcome.Source?.Items);
        Assert.Equal(
            [$"{s_first.ToUnixTimeMilliseconds()}", .. cursors[..2]],
            extraction.Server.Requests.Where(asked => asked.IsPage && asked.Query.ContainsKey("after")).Select(asked => asked.Query["after"]));
        using var raw = JsonDocument.Parse(extraction.RawText);
        Assert.Equal(107, raw.RootElement.GetProperty("items").GetArrayLength());
    }

    [Theory]
    [InlineData(true, 2)]
    [InlineData(false, 20)]
    public async Task A_cursor_that_stands_still_or_goes_on_for_ever_is_not_followed_for_ever(bool standsStill, int requests)
    {
        await using var extraction = await StartAsync(plays: 0);
        extraction.PlayedUntil = s_first;
        var pages = 0;
        extraction.Server.Script = asked => asked.IsPage
            ? new Answer(200, Page(s_first.AddHours(1), 50, $"{s_first.AddHours(standsStill ? 1 : ++pages).ToUnixTimeMilliseconds()}"))
            : null;

        await extraction.RunSourceAsync(Source);

        Assert.Equal(requests, extraction.Server.Requests.Count(asked => asked.IsPage && asked.Query.ContainsKey("after")));
    }

    [Theory]
    [InlineData("[]")]
    [InlineData("""{"cursors":null}""")]
    [InlineData("""{"items":null}""")]
    [InlineData("""{"items":[{"played_at":""")]
    public async Task A_page_that_cannot_be_read_is_a_failure_that_may_pass(string body)
    {
        await using var extraction = await StartAsync(plays: 3);
        extraction.Server.Script = asked => asked.IsPage ? new Answer(200, body) : null;

        await Assert.ThrowsAsync<TransientEtlException>(() => extraction.RunSourceAsync(Source));

        Assert.Empty(extraction.Lake.Keys);
    }

    [Fact]
    public async Task Plays_without_a_time_that_can_be_read_are_kept_as_they_came()
    {
        await using var extraction = await StartAsync(plays: 0);
        extraction.PlayedUntil = s_first;
        extraction.Server.Script = asked => asked.IsPage ? new Answer(200, """{"items":[{"played_at":"soon"},null,7]}""") : null;

        Assert.Equal(3, (await extraction.RunSourceAsync(Source)).Source?.Items);
        Assert.EndsWith("\"items\":[\n{\"played_at\":\"soon\"},\nnull,\n7\n]}\n", extraction.RawText, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Another_user_has_raw_files_of_another_name()
    {
        await using var extraction = await StartAsync(plays: 3);
        extraction.Server.User.Id = "bob@home";

        var outcome = await extraction.RunSourceAsync(Source);

        Assert.Matches("me-player-recently-played-bob-home-[0-9a-f]{8}_20261122T060000Z.json$", outcome.Source!.RawKey!);
    }

    private static SourceId Id() => SourceId.TryParse(Source, out var id, out _) ? id : throw new InvalidOperationException();

    private static string Page(DateTimeOffset from, int rows, string after)
    {
        var plays = Enumerable.Range(0, rows).Select(n => $$"""{"played_at":"{{from.AddSeconds(n + 1):O}}"}""");
        return $$"""{"items":[{{string.Join(',', plays)}}],"cursors":{"after":{{after}} } }""";
    }

    private static async Task<Extraction> StartAsync(int plays)
    {
        var extraction = await Extraction.StartAsync(settings: ("RefreshToken", SpotifyServer.RefreshToken));
        extraction.Server.User.Plays.AddRange(Enumerable.Range(0, plays).Select(n => s_first.AddMinutes(n)));
        return extraction;
    }
}
