using System.Text.Json;
using System.Text.Json.Serialization;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;
using Microsoft.Azure.Functions.Worker;
using Microsoft.DurableTask.Client;
using Microsoft.Extensions.Options;
using SpotifyEtl.Instances;
using SpotifyEtl.Payloads;
using SpotifyEtl.Runs;
using SpotifyEtl.Spotify;

namespace SpotifyEtl.Triggers;

/// <summary>POST /api/runs: starts a run.</summary>
public sealed class StartRun(RunRequests requests, RunStarter starter, IOptions<SpotifyOptions> spotify)
{
    private static readonly JsonSerializerOptions s_body = PayloadJson.Configure(
        new JsonSerializerOptions { UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow });

    private static readonly Dictionary<string, string> s_fields = new(StringComparer.OrdinalIgnoreCase)
    {
        ["runId"] = "a text of letters, digits, _ and -",
        ["playlists"] = "a list of texts: ids, URIs or links of playlists",
        ["force"] = "true or false",
        ["reprocess"] = "an object with the days from and to, such as {\"from\": \"2026-11-01\", \"to\": \"2026-11-30\"}",
        ["reprocess.from"] = "a day such as \"2026-11-01\"",
        ["reprocess.to"] = "a day such as \"2026-11-30\"",
    };

    [Function(nameof(StartRun))]
    public async Task<IActionResult> RunAsync(
        [HttpTrigger(AuthorizationLevel.Function, "post", Route = "runs")] HttpRequest request,
        [DurableClient] DurableTaskClient client,
        CancellationToken cancellationToken)
    {
        try
        {
            var body = await ReadAsync(request, cancellationToken);
            var playlists = body.Playlists is { } given ? given.Select(ParsePlaylist) : body.Reprocess is null ? spotify.Value.PlaylistIds() : [];
            var asked = requests.Create([.. playlists], body.Force, reprocess: body.Reprocess?.Check());
            return StartedRun.Answer(await starter.StartAsync(client, asked, body.RunId, cancellationToken), client);
        }
        catch (JsonException exception)
        {
            return new BadRequestObjectResult(new ErrorAnswer(JsonFault.Of(exception, "The body", s_fields)));
        }
        catch (FormatException exception)
        {
            return new BadRequestObjectResult(new ErrorAnswer(exception.Message));
        }
    }

    private static async Task<StartRunBody> ReadAsync(HttpRequest request, CancellationToken cancellationToken)
    {
        using StreamReader reader = new(request.Body);
        var text = await reader.ReadToEndAsync(cancellationToken);
        var body = string.IsNullOrWhiteSpace(text) ? new StartRunBody() : JsonSerializer.Deserialize<StartRunBody>(text, s_body) ?? new StartRunBody();
        if (body is { Reprocess: not null, Playlists.Count: > 0 } or { Reprocess: not null, Force: true })
        {
            throw new FormatException("A run extracts playlists or reprocesses files: give playlists and force, or reprocess.");
        }

        return body.RunId is null || RunId.IsValid(body.RunId)
            ? body
            : throw new FormatException($"The runId '{body.RunId}' is not allowed: letters, digits, _ and -, at most 100, the first a letter or digit.");
    }

    private static string ParsePlaylist(string text) => PlaylistId.TryParse(text, out var id, out var error) ? id.Value : throw new FormatException(error);
}

/// <summary>What may be asked for; all of it optional.</summary>
public sealed record StartRunBody
{
    /// <summary>The id that the run shall have.</summary>
    public string? RunId { get; init; }

    /// <summary>Playlists instead of those of the settings.</summary>
    public IReadOnlyList<string>? Playlists { get; init; }

    /// <summary>Whether unchanged playlists are extracted too.</summary>
    public bool Force { get; init; }

    /// <summary>Processed files to transform again, instead of extracting playlists.</summary>
    public ReprocessRange? Reprocess { get; init; }
}
