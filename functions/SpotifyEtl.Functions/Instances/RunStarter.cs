using System.Security.Cryptography;
using DurableTask.Core.Exceptions;
using Microsoft.DurableTask;
using Microsoft.DurableTask.Client;
using SpotifyEtl.Orchestrators;
using SpotifyEtl.Runs;

namespace SpotifyEtl.Instances;

/// <summary>
/// Starts runs, whoever asks: HTTP, the timer, a rerun or the terminal. One run at a time: of starts at once, the embedded host lets one through; on Azure
/// it is a courtesy, and runs that overlap all the same do each other no harm. No run gets an id that another has had, in whatever status, so that no
/// record or history is overwritten.
/// </summary>
public sealed class RunStarter(TimeProvider time, IEnumerable<IRunRule> rules)
{
    // The embedded host refuses a start with this tag while another instance of the orchestrator has not ended, as if its id were taken; hosts that do not
    // know it only keep it.
    private const string SingletonTag = "singleton";

    // Another try follows only on a run that began and ended between two looks.
    private const int MostTries = 3;

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
        runId ??= RunId.Manual(time.GetUtcNow(), RandomNumberGenerator.GetHexString(4, lowercase: true));
        for (var left = MostTries; left > 0; left--)
        {
            if (await RunInstances.ListLiveAsync(client).FirstOrDefaultAsync(cancellationToken) is { } live)
            {
                return new RunStart(live.InstanceId, RunStartVerdict.OtherIsLive);
            }

            if (await TryScheduleAsync(client, request, runId, cancellationToken))
            {
                return new RunStart(runId, RunStartVerdict.Started);
            }

            if (await client.GetInstanceAsync(runId, cancellationToken) is not null)
            {
                break;
            }
        }

        return new RunStart(runId, RunStartVerdict.IdIsTaken);
    }

    // False when the id is taken, or the host lets only one through and another was faster.
    private static async Task<bool> TryScheduleAsync(DurableTaskClient client, RunRequest request, string runId, CancellationToken cancellationToken)
    {
        var options = new StartOrchestrationOptions(runId)
        {
            Tags = new Dictionary<string, string>(StringComparer.Ordinal) { [SingletonTag] = nameof(RunEtl) },
        };
        try
        {
            await client.ScheduleNewOrchestrationInstanceAsync(
                nameof(RunEtl), request, options.WithDedupeStatuses([.. RunInstances.Live, .. RunInstances.Ended]), cancellationToken);
            return true;
        }
        catch (OrchestrationAlreadyExistsException)
        {
            return false;
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
