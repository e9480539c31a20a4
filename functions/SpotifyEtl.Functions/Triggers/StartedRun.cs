using System.Text.Json.Serialization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.Azure.Functions.Worker;
using Microsoft.DurableTask.Client;
using SpotifyEtl.Instances;

namespace SpotifyEtl.Triggers;

/// <summary>A run's id and the links by which Durable Functions manages it, which carry a key: not for those who may not start runs.</summary>
public sealed record StartedRun(
    string RunId,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] string? Message,
    string? Id,
    string? StatusQueryGetUri,
    string? SendEventPostUri,
    string? TerminatePostUri,
    string? PurgeHistoryDeleteUri,
    string? RestartPostUri,
    string? SuspendPostUri,
    string? ResumePostUri,
    string? RewindPostUri)
{
    /// <summary>202 with the run's links, 409 with those of the run that is in its way, or 400 with the rule that it breaks.</summary>
    public static IActionResult Answer(RunStart start, DurableTaskClient client)
    {
        if (start is { Verdict: RunStartVerdict.NotAllowed, Refusal: { } rule })
        {
            return new BadRequestObjectResult(new ErrorAnswer(rule));
        }

        var run = Of(start.RunId, client, start.Refusal);
        return start.Refusal is null ? new AcceptedResult(run.StatusQueryGetUri, run) : new ConflictObjectResult(run);
    }

    private static StartedRun Of(string runId, DurableTaskClient client, string? message)
    {
        var links = client.CreateHttpManagementPayload(runId);
        return new StartedRun(
            runId,
            message,
            links.Id,
            links.StatusQueryGetUri,
            links.SendEventPostUri,
            links.TerminatePostUri,
            links.PurgeHistoryDeleteUri,
            links.RestartPostUri,
            links.SuspendPostUri,
            links.ResumePostUri,
            links.RewindPostUri);
    }
}
