using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;
using Microsoft.Azure.Functions.Worker;
using Microsoft.DurableTask.Client;
using Microsoft.Extensions.Options;
using SpotifyEtl.Instances;
using SpotifyEtl.Spotify;

namespace SpotifyEtl.Triggers;

/// <summary>POST /api/runs: starts a run.</summary>
public sealed class StartRun(RunRequests requests, RunStarter starter, IOptions<SpotifyOptions> spotify)
{
    [Function(nameof(StartRun))]
    public async Task<IActionResult> RunAsync(
        [HttpTrigger(AuthorizationLevel.Function, "post", Route = "runs")] HttpRequest request,
        [DurableClient] DurableTaskClient client,
        CancellationToken cancellationToken)
    {
        try
        {
            using StreamReader reader = new(request.Body);
            var body = StartRunBody.Parse(await reader.ReadToEndAsync(cancellationToken));
            var playlists = body.Playlists is { } given ? given.Select(ParsePlaylist) : body.Reprocess is null ? spotify.Value.PlaylistIds() : [];
            var asked = requests.Create([.. playlists], body.Force, reprocess: body.Reprocess);
            return StartedRun.Answer(await starter.StartAsync(client, asked, body.RunId, cancellationToken), client);
        }
        catch (FormatException exception)
        {
            return new BadRequestObjectResult(new ErrorAnswer(exception.Message));
        }
    }

    private static string ParsePlaylist(string text) => PlaylistId.TryParse(text, out var id, out var error) ? id.Value : throw new FormatException(error);
}
