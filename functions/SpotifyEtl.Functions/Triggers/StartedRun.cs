using System.Text.Json.Serialization;
using Microsoft.Azure.Functions.Worker;
using Microsoft.DurableTask.Client;

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
    public static StartedRun Of(string runId, DurableTaskClient client, string? message)
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
