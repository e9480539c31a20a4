using System.Security.Cryptography;
using DurableTask.Core.Exceptions;
using Microsoft.DurableTask;
using Microsoft.DurableTask.Client;
using SpotifyEtl.Orchestrators;
using SpotifyEtl.Runs;

namespace SpotifyEtl.Instances;

/// <summary>
/// Starts runs, whoever asks: HTTP, the timer, a rerun or the terminal. One run at a time, as a courtesy: runs that overlap all the same do each other no
/// harm. No run gets an id that another has had, in whatever status, so that no record or history is overwritten.
/// </summary>
public sealed class RunStarter(TimeProvider time, IEnumerable<IRunRule> rules)
{
    /// <summary>Why a run that is asked for this cannot be made as the app is set up now, and what to do; null: it can.</summary>
    public string? Refusal(RunRequest request) => rules.Select(rule => rule.Refusal(request)).FirstOrDefault(refusal => refusal is not null);

    /// <summary>Starts a run that somebody asked for.</summary>
    /// <param name="client">The task hub's client.</param>
    /// <param name="request">What it is to do.</param>
    /// <param name="runId">Its id; null: a new one.</param>
    /// <param name="cancellationToken">Stops the start before it is made.</param>
    public async Task<RunStart> StartAsync(DurableTaskClient client, RunRequest request, string? runId, CancellationToken cancellationToken) =>
        Refusal(request) is { } refusal
            ? new RunStart(runId ?? string.Empty, RunStartVerdict.NotAllowed) { Refusal = refusal }
            : await StartDueAsync(client, request, runId, cancellationToken);

    /// <summary>Starts a run that is due: whatever stands in its way, nobody waits for an answer, so the run fails and tells.</summary>
    /// <param name="client">The task hub's client.</param>
    /// <param name="request">What it is to do.</param>
    /// <param name="runId">Its id; null: a new one.</param>
    /// <param name="cancellationToken">Stops the start before it is made.</param>
    public async Task<RunStart> StartDueAsync(DurableTaskClient client, RunRequest request, string? runId, CancellationToken cancellationToken)
    {
        if (await RunInstances.ListLiveAsync(client).FirstOrDefaultAsync(cancellationToken) is { } live)
        {
            return new RunStart(live.InstanceId, RunStartVerdict.OtherIsLive);
        }

        runId ??= RunId.Manual(time.GetUtcNow(), RandomNumberGenerator.GetHexString(4, lowercase: true));
        try
        {
            var options = new StartOrchestrationOptions(runId).WithDedupeStatuses([.. RunInstances.Statuses]);
            await client.ScheduleNewOrchestrationInstanceAsync(nameof(RunEtl), request, options, cancellationToken);
            return new RunStart(runId, RunStartVerdict.Started);
        }
        catch (OrchestrationAlreadyExistsException)
        {
            return new RunStart(runId, RunStartVerdict.IdIsTaken);
        }
    }
}

/// <summary>What became of a start.</summary>
/// <param name="RunId">The run that was started, or the one in its way.</param>
/// <param name="Verdict">Whether it was started, or why not.</param>
public sealed record RunStart(string RunId, RunStartVerdict Verdict)
{
    /// <summary>Why none was started, for people; null: one was.</summary>
    public string? Refusal { get; init; } = Verdict switch
    {
        RunStartVerdict.OtherIsLive => $"Run {RunId} has not ended. One run at a time: wait for it, or cancel it.",
        RunStartVerdict.IdIsTaken => $"There is a run {RunId} already. Choose another runId, or none.",
        _ => null,
    };
}

/// <summary>Whether a run was started.</summary>
public enum RunStartVerdict
{
    Started,

    /// <summary>Another run has not ended.</summary>
    OtherIsLive,

    /// <summary>A run has had this id.</summary>
    IdIsTaken,

    /// <summary>What was asked for breaks a rule.</summary>
    NotAllowed,
}
