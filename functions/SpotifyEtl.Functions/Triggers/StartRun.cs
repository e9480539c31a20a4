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
            var asked = requests.Create(SelectionOf(body), body.Force, body.Reprocess);
            return StartedRun.Answer(await starter.StartAsync(client, asked, body.RunId, cancellationToken), client);
        }
        catch (FormatException exception)
        {
            return new BadRequestObjectResult(new ErrorAnswer(exception.Message));
        }
    }

    private SourceSelection SelectionOf(StartRunBody body) => body switch
    {
        { Playlists: null, Sources: null } => body.Reprocess is null ? spotify.Value.Selection() : SourceSelection.None,
        _ => SourceSelection.Of((body.Playlists ?? []).Select(ParsePlaylist), (body.Sources ?? []).Select(ParseSource)),
    };

    private static SourceId ParseSource(string text) => SourceId.TryParse(text, out var id, out var error) ? id : throw new FormatException(error);

    private static string ParsePlaylist(string text) => PlaylistId.TryParse(text, out var id, out var error) ? id.Value : throw new FormatException(error);
}
