using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Http;
using SpotifyEtl.Functions.Tests.Notifications;
using SpotifyEtl.Functions.Tests.Spotify;
using SpotifyEtl.Local.Tests.CommandLine;

namespace SpotifyEtl.Local.Tests.Notifications;

/// <summary>The real program and a webhook.</summary>
public sealed class NotificationTests
{
    [Fact]
    public async Task A_program_that_is_killed_after_the_post_posts_the_same_id_again_and_then_no_more()
    {
        await using var receiver = await WebhookReceiver.StartAsync();
        await using var spotify = await SpotifyServer.StartAsync(rows: []);
        spotify.Script = asked => asked.Path == "/token" ? null : Answer.Error(404, "No such playlist.");
        using var program = Program(receiver, spotify);
        TaskCompletionSource came = new();
        TaskCompletionSource never = new();
        receiver.AnswerAsync = async _ =>
        {
            came.SetResult();
            await never.Task;
            return Results.Ok();
        };
        using (var first = program.Start("run"))
        {
            await came.Task.WaitAsync(TestContext.Current.CancellationToken);
            first.Kill();
            await first.WaitForExitAsync(TestContext.Current.CancellationToken);
        }

        var marked = File.Exists(Mark(program));
        receiver.AnswerAsync = _ => Task.FromResult(Results.Ok());
        var resumed = await program.RunAsync("run");
        var next = await program.RunAsync("run");
        never.SetResult();

        Assert.False(marked);
        Assert.Equal((1, 1), (resumed.ExitCode, next.ExitCode));
        Assert.Equal(2, receiver.Posted.Count);
        Assert.Single(receiver.Ids.Distinct(StringComparer.Ordinal));
        Assert.Equal(receiver.Ids.First(), (string?)JsonNode.Parse(await File.ReadAllTextAsync(Mark(program), TestContext.Current.CancellationToken))!["id"]);
    }

    [Fact]
    public async Task A_run_that_fails_and_one_that_works_again_are_told_and_the_address_is_in_no_file_and_no_output()
    {
        await using var receiver = await WebhookReceiver.StartAsync();
        await using var spotify = await SpotifyServer.StartAsync(rows: []);
        var fails = true;
        spotify.Script = asked => fails && asked.Path != "/token" ? Answer.Error(404, "No such playlist.") : null;
        using var program = Program(receiver, spotify);

        var failed = await program.RunAsync("run");
        fails = false;
        var worked = await program.RunAsync("run");

        Assert.Equal((1, 0), (failed.ExitCode, worked.ExitCode));
        Assert.Equal(["run.failed", "run.recovered"], receiver.Posted.Select(notification => (string?)notification["event"]));
        Assert.All(
            [failed.Output, failed.Errors, worked.Output, worked.Errors], text => Assert.DoesNotContain(WebhookReceiver.Token, text, StringComparison.Ordinal));
        Assert.All(
            Directory.GetFiles(program.Folder, "*", SearchOption.AllDirectories),
            path => Assert.DoesNotContain(WebhookReceiver.Token, File.ReadAllText(path, System.Text.Encoding.Latin1), StringComparison.Ordinal));
    }

    private static string Mark(SpotifyEtlProgram program) => Path.Combine(program.Lake, "run_data", "notification.json");

    private static SpotifyEtlProgram Program(WebhookReceiver receiver, SpotifyServer spotify)
    {
        SpotifyEtlProgram program = new();
        program.Settings["Notify__WebhookUrl"] = receiver.Url;
        program.Settings["Spotify__Playlists"] = SpotifyServer.PlaylistId;
        program.Settings["Spotify__ClientId"] = SpotifyServer.ClientId;
        program.Settings["Spotify__ClientSecret"] = SpotifyServer.ClientSecret;
        program.Settings["Spotify__ApiBaseUrl"] = spotify.ApiBaseUrl;
        program.Settings["Spotify__TokenUrl"] = spotify.TokenUrl;
        return program;
    }
}
