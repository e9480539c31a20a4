using System.Security.Cryptography;
using SpotifyEtl.Activities;
using SpotifyEtl.Errors;
using SpotifyEtl.Functions.Tests.Orchestrators;
using SpotifyEtl.Functions.Tests.Spotify;
using SpotifyEtl.Lake;
using SpotifyEtl.Lake.Records;
using SpotifyEtl.Runs;
using SpotifyEtl.Spotify;
using SpotifyEtl.Transform.Documents;

namespace SpotifyEtl.Functions.Tests.Runs;

/// <summary>How far what was played recently is loaded, from step to step.</summary>
public sealed class SourceBookmarksTests
{
    private const string Source = "me/player/recently-played";
    private const string Key = "run_data/sources/me-player-recently-played-ann.json";

    private static readonly DateTimeOffset s_runStart = new(2026, 11, 22, 6, 0, 0, TimeSpan.Zero);
    private static readonly DateTimeOffset s_played = new(2026, 11, 21, 20, 0, 0, 589, TimeSpan.Zero);

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task What_has_moved_to_processed_is_read_on_from_and_nothing_before()
    {
        await using var workflow = await StartAsync();
        workflow.Spotify!.User.Plays.AddRange([s_played, s_played.AddMinutes(3)]);
        var extract = workflow.Activity<ExtractSource>();

        var first = await extract.RunAsync(new ExtractSourceRequest(Source, s_runStart, Force: false), Cancellation);
        var again = await extract.RunAsync(new ExtractSourceRequest(Source, s_runStart, Force: false), Cancellation);
        await MoveAsync(workflow, RawFileName.OfKey(first.Source!.RawKey!), s_played.AddMinutes(3));
        var nothing = await extract.RunAsync(new ExtractSourceRequest(Source, s_runStart.AddHours(1), Force: false), Cancellation);
        workflow.Spotify.User.Plays.Add(s_played.AddMinutes(6));
        var second = await extract.RunAsync(new ExtractSourceRequest(Source, s_runStart.AddHours(2), Force: false), Cancellation);
        var forced = await extract.RunAsync(new ExtractSourceRequest(Source, s_runStart.AddHours(3), Force: true), Cancellation);

        Assert.Equal(first, again);
        Assert.Equal((2, PlaylistStatus.Loaded), (first.Source.Items, first.Source.Status));
        Assert.Equal((0, PlaylistStatus.Skipped), (nothing.Source!.Items, nothing.Source.Status));
        Assert.Equal((1, 3), (second.Source!.Items, forced.Source!.Items));
        Assert.Equal(
            [null, null, .. Enumerable.Repeat($"{s_played.AddMinutes(3).ToUnixTimeMilliseconds()}", 2), null],
            workflow.Spotify.Requests.Where(asked => asked.IsPage).Select(asked => asked.Query.GetValueOrDefault("after")));
        Assert.Contains("\"playedUntil\":\"2026-11-21T20:03:00.589+00:00\"", workflow.Lake.Text(Key), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Another_user_begins_anew()
    {
        await using var workflow = await StartAsync();
        workflow.Spotify!.User.Plays.Add(s_played);
        await new SourceBookmarks(new LakeRecords(workflow.Lake)).NoteAsync(Of("bob"), s_played.AddYears(1), Cancellation);

        var outcome = await workflow.Activity<ExtractSource>().RunAsync(new ExtractSourceRequest(Source, s_runStart, Force: false), Cancellation);

        Assert.Equal(PlaylistStatus.Loaded, outcome.Source!.Status);
        Assert.All(workflow.Spotify.Requests, asked => Assert.False(asked.Query.ContainsKey("after")));
    }

    [Fact]
    public async Task A_bookmark_never_goes_back_and_is_the_same_when_it_is_set_twice()
    {
        await using var workflow = await StartAsync();
        SourceBookmarks bookmarks = new(new LakeRecords(workflow.Lake));

        await bookmarks.NoteAsync(Of("ann"), s_played, Cancellation);
        var once = workflow.Lake.Text(Key);
        await bookmarks.NoteAsync(Of("ann"), s_played, Cancellation);
        await bookmarks.NoteAsync(Of("ann"), s_played.AddMilliseconds(-1), Cancellation);

        Assert.Equal(once, workflow.Lake.Text(Key));
        Assert.Equal(
            new SourceBookmark(Source, s_played, s_runStart, Of("ann").ProcessedKey), await bookmarks.FindAsync("me-player-recently-played-ann", Cancellation));
    }

    [Fact]
    public async Task A_step_that_is_killed_between_the_move_and_the_note_notes_when_it_runs_again()
    {
        await using var workflow = await StartAsync();
        var file = workflow.Stage(Of("ann").Name);
        MoveToProcessedRequest request = new(file.Name, Convert.ToHexStringLower(SHA256.HashData(workflow.Lake[file.ToProcessKey])), null)
        {
            PlayedUntil = s_played,
        };
        workflow.Lake.Before = (_, key) =>
        {
            if (key == Key)
            {
                throw new TransientEtlException("killed");
            }
        };
        await Assert.ThrowsAsync<TransientEtlException>(() => workflow.Activity<MoveToProcessed>().RunAsync(request, Cancellation));
        Assert.Contains(file.ProcessedKey, workflow.Lake.Keys);
        Assert.DoesNotContain(Key, workflow.Lake.Keys);

        workflow.Lake.Before = (_, _) => { };
        await workflow.Activity<MoveToProcessed>().RunAsync(request, Cancellation);

        var noted = await new SourceBookmarks(new LakeRecords(workflow.Lake)).FindAsync("me-player-recently-played-ann", Cancellation);
        Assert.Equal(s_played, noted?.PlayedUntil);
    }

    [Theory]
    [InlineData("spotify_raw_me-tracks-ann_20261122T060000Z.json", true)]
    [InlineData("spotify_raw_4hRz0PqVt2mXk9wYc7LbNa_20261122T060000Z.json", true)]
    [InlineData("StreamingHistory0.json", true)]
    [InlineData("spotify_raw_me-player-recently-played-ann_20261122T060000Z.json", false)]
    public async Task Only_an_extracted_file_of_plays_with_a_time_moves_the_bookmark(string name, bool hasTime)
    {
        await using var workflow = await StartAsync();

        await MoveAsync(workflow, workflow.Stage(name), hasTime ? s_played : null);

        Assert.DoesNotContain(workflow.Lake.Keys, key => key.StartsWith("run_data/sources/", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_processed_file_that_is_rejected_after_all_takes_its_bookmark_along(bool isNoted)
    {
        await using var workflow = await StartAsync();
        var file = workflow.Stage(Of("ann").Name);
        await MoveAsync(workflow, file, s_played);
        if (!isNoted)
        {
            await new SourceBookmarks(new LakeRecords(workflow.Lake)).NoteAsync(
                RawFileName.For("me-player-recently-played-ann", s_runStart.AddHours(1)), s_played.AddHours(1), Cancellation);
        }

        var sha256 = Convert.ToHexStringLower(SHA256.HashData(workflow.Lake[file.ProcessedKey]));
        await workflow.Activity<RejectFile>().RunAsync(
            new RejectFileRequest(file.Name, sha256, new FileDefect("not_json", "It is no JSON.", 3, 1, 3)) { Source = RawFileSource.Processed }, Cancellation);

        Assert.Equal(!isNoted, workflow.Lake.Keys.Contains(Key));
    }

    private static RawFileName Of(string user) => RawFileName.For($"me-player-recently-played-{user}", s_runStart);

    private static Task MoveAsync(Workflow workflow, RawFileName file, DateTimeOffset? playedUntil) => workflow.Activity<MoveToProcessed>().RunAsync(
        new MoveToProcessedRequest(file.Name, Convert.ToHexStringLower(SHA256.HashData(workflow.Lake[file.ToProcessKey])), null) { PlayedUntil = playedUntil },
        Cancellation);

    private static async Task<Workflow> StartAsync() =>
        await Workflow.StartAsync(await SpotifyServer.StartAsync(), refreshToken: SpotifyServer.RefreshToken);
}
