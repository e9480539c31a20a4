using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.DurableTask.Client;
using Microsoft.Extensions.Options;
using SpotifyEtl.Instances;
using SpotifyEtl.Local.Monitor.Access;
using SpotifyEtl.Local.Monitor.Pages;
using SpotifyEtl.Local.Monitor.RunList;
using SpotifyEtl.Runs;
using SpotifyEtl.Spotify;

namespace SpotifyEtl.Local.Monitor;

/// <summary>Starting a run from a page.</summary>
internal sealed class StartRoutes(
    DurableTaskClient client, RunRequests requests, RunStarter starter, IOptions<SpotifyOptions> spotify, PageGuard guard, PageRenderer renderer)
{
    public void Map(IEndpointRouteBuilder routes)
    {
        routes.MapPage(
            HttpMethods.Get,
            "/start",
            guard.ForSignedIn(context => WriteAsync(context, StatusCodes.Status200OK, Preset())));
        routes.MapPage(HttpMethods.Post, "/start", guard.ForSignedIn(StartAsync));
        routes.MapPage(HttpMethods.Post, "/reprocess", guard.ForSignedIn(ReprocessAsync));
    }

    private async Task StartAsync(HttpContext context)
    {
        var form = StartForm.Read(await context.Request.ReadFormAsync(context.RequestAborted));
        List<string> playlists = [.. form.Chosen];
        foreach (var text in form.Others.Split((char[])[' ', ',', ';', '\r', '\n', '\t'], StringSplitOptions.RemoveEmptyEntries))
        {
            if (!PlaylistId.TryParse(text, out var id, out var error))
            {
                await WriteAsync(context, StatusCodes.Status400BadRequest, form with { PlaylistError = error });
                return;
            }

            playlists.Add(id.Value);
        }

        // Without credentials there is nothing to choose: the run loads what lies in to_process.
        if (playlists.Count + form.Sources.Count == 0 && spotify.Value.HasCredentials)
        {
            await WriteAsync(context, StatusCodes.Status400BadRequest, form with { PlaylistError = "Choose a playlist, or give one." });
            return;
        }

        var request = requests.Create(new SourceSelection(playlists, form.Sources), form.Force);
        if (starter.Refusal(request) is { } refusal)
        {
            await WriteAsync(context, StatusCodes.Status400BadRequest, form with { PlaylistError = refusal });
            return;
        }

        await StartAsync(context, request);
    }

    private async Task ReprocessAsync(HttpContext context)
    {
        var form = await context.Request.ReadFormAsync(context.RequestAborted);
        var (from, to) = (form["from"].ToString(), form["to"].ToString());
        ReprocessRange range = new(RunListQuery.Day(from), RunListQuery.Day(to));
        try
        {
            await StartAsync(context, requests.Create([], reprocess: range.Check()));
        }
        catch (FormatException exception)
        {
            await WriteAsync(
                context,
                StatusCodes.Status400BadRequest,
                Preset() with { From = from, To = to, RangeError = exception.Message });
        }
    }

    private async Task StartAsync(HttpContext context, RunRequest request)
    {
        var start = await starter.StartAsync(client, request, runId: null, context.RequestAborted);
        if (start.Refusal is { } refusal)
        {
            await renderer.WriteMessageAsync(context, StatusCodes.Status409Conflict, "Not started", refusal, start.RunId);
            return;
        }

        PageRenderer.SeeOther(context, "/runs/" + start.RunId);
    }

    private StartForm Preset() => new() { Chosen = spotify.Value.Selection().Playlists, Sources = spotify.Value.Selection().Sources };

    private Task WriteAsync(HttpContext context, int status, StartForm form) => renderer.WriteAsync<StartPage>(
        context,
        status,
        new PageHead("Start a run"),
        (nameof(StartPage.Form), form),
        (nameof(StartPage.Known), spotify.Value.Selection().Playlists),
        (nameof(StartPage.KnownSources), spotify.Value.Selection().Sources));
}

/// <summary>What was entered to start a run, and what is wrong with it.</summary>
public sealed record StartForm
{
    public IReadOnlyList<string> Chosen { get; init; } = [];

    /// <summary>The names of the other sources.</summary>
    public IReadOnlyList<string> Sources { get; init; } = [];

    public string Others { get; init; } = string.Empty;

    public bool Force { get; init; }

    public string From { get; init; } = string.Empty;

    public string To { get; init; } = string.Empty;

    public string? PlaylistError { get; init; }

    public string? RangeError { get; init; }

    public static StartForm Read(IFormCollection form) => new()
    {
        Chosen = [.. form["playlist"].OfType<string>().Where(id => PlaylistId.TryParse(id, out _, out _))],
        Sources = [.. form["source"].OfType<string>().Where(name => SourceId.TryParse(name, out var id, out _) && id.IsOfUser)],
        Others = form["playlists"].ToString(),
        Force = form.ContainsKey("force"),
    };
}
