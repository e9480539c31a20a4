using SpotifyEtl.Runs;
using SpotifyEtl.Spotify;

namespace SpotifyEtl.Triggers;

/// <summary>What may be asked for; all of it optional.</summary>
public sealed record StartRunBody
{
    private const string Playlist = "an id, URI or link of a playlist";

    /// <summary>The id that the run shall have.</summary>
    public string? RunId { get; init; }

    /// <summary>Playlists instead of what the settings name.</summary>
    public IReadOnlyList<string>? Playlists { get; init; }

    /// <summary>Other sources instead of what the settings name.</summary>
    public IReadOnlyList<string>? Sources { get; init; }

    /// <summary>Whether unchanged playlists are extracted too.</summary>
    public bool Force { get; init; }

    /// <summary>Processed files to transform again, instead of extracting playlists.</summary>
    public ReprocessRange? Reprocess { get; init; }

    /// <summary>Reads the body of a request; an empty one asks for nothing in particular.</summary>
    /// <exception cref="FormatException">It is not allowed; the message speaks of its fields.</exception>
    public static StartRunBody Parse(string text)
    {
        var fields = RequestFields.Parse(text, "runId", "playlists", "sources", "force", "reprocess");
        var range = fields.Object("reprocess", "from", "to", "months");
        StartRunBody body = new()
        {
            RunId = fields.Text("runId", "the id that the run shall have"),
            Playlists = fields.Texts("playlists", $"a list, each item {Playlist}"),
            Sources = fields.Texts("sources", $"a list, each item one of {SourceId.Allowed}"),
            Force = fields.Flag("force"),
            Reprocess = range is null ? null : new ReprocessRange(range.Day("from"), range.Day("to")) { Months = range.Flag("months") }.Check(),
        };
        if (body is { Reprocess: not null } and ({ Playlists.Count: > 0 } or { Sources.Count: > 0 } or { Force: true }))
        {
            throw new FormatException("A run extracts playlists or reprocesses files: give playlists, sources and force, or reprocess.");
        }

        return body.RunId is null || Instances.RunId.IsValid(body.RunId)
            ? body
            : throw new FormatException($"The runId '{body.RunId}' is not allowed: letters, digits, _ and -, at most 100, the first a letter or digit.");
    }
}
