using System.Text.Json;
using EmbeddedHost.Hosting;
using Microsoft.DurableTask.Client;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using SpotifyEtl.Payloads;

namespace SpotifyEtl.Local.Runs;

/// <summary>
/// When runs of a state folder stood still because no process was there: noted by each process that goes on with them, since a history does not tell a
/// step that was begun anew from one that took long.
/// </summary>
internal sealed partial class RunInterruptions(IOptions<EmbeddedHostOptions> host, TimeProvider time, ILogger<RunInterruptions> logger)
{
    private const int MostKept = 1000;

    private string File => Path.Combine(host.Value.StateFolder, "interruptions.json");

    /// <summary>Notes that this process goes on with what another left unfinished.</summary>
    public void Note(IReadOnlyList<OrchestrationMetadata> unfinished)
    {
        if (unfinished.Count == 0)
        {
            return;
        }

        var now = time.GetUtcNow();
        var interrupted = unfinished
            .GroupBy(instance => instance.InstanceId.Split(':')[0], StringComparer.Ordinal)
            .Select(parts => new RunInterruption(parts.Key, parts.Max(part => part.LastUpdatedAt), now));
        try
        {
            var draft = File + ".new";
            System.IO.File.WriteAllBytes(
                draft, JsonSerializer.SerializeToUtf8Bytes(Read().Concat(interrupted).TakeLast(MostKept), PayloadJson.Options));
            System.IO.File.Move(draft, File, overwrite: true);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            NotNoted(logger, File, exception.Message);
        }
    }

    /// <summary>The interruptions of one run, in their order.</summary>
    public IReadOnlyList<RunInterruption> Of(string runId) => [.. Read().Where(interruption => interruption.RunId == runId)];

    private List<RunInterruption> Read()
    {
        try
        {
            return JsonSerializer.Deserialize<List<RunInterruption>>(System.IO.File.ReadAllBytes(File), PayloadJson.Options) ?? [];
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException or JsonException)
        {
            return [];
        }
    }

    [LoggerMessage(
        2100,
        LogLevel.Warning,
        "{Path} could not be written, so the run monitor will not show that runs were interrupted: {Reason} The runs go on all the same.")]
    private static partial void NotNoted(ILogger logger, string path, string reason);
}

/// <summary>A time when a run stood still.</summary>
/// <param name="RunId">The run.</param>
/// <param name="LastSeenAt">The last sign of the process that had it (UTC): it went some time after.</param>
/// <param name="WentOnAt">When another process went on with the run (UTC).</param>
public sealed record RunInterruption(string RunId, DateTimeOffset LastSeenAt, DateTimeOffset WentOnAt);
