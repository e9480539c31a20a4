using Microsoft.DurableTask;

namespace SpotifyEtl.Orchestrators.Phases;

/// <summary>Extracts one list, and waits on a durable timer as often as Spotify puts it off, within bounds.</summary>
/// <param name="context">The run.</param>
/// <param name="runStart">When it began.</param>
/// <param name="progress">Where it shows that it waits.</param>
internal sealed class PatientExtraction(TaskOrchestrationContext context, DateTimeOffset runStart, PhaseProgress progress)
{
    // Beyond a day the next day's run does the work; and each wait makes the history longer.
    private const int MaxDeferrals = 50;

    private static readonly TimeSpan s_longestDeferral = TimeSpan.FromHours(24);

    /// <summary>How often Spotify put it off and the run waited for it.</summary>
    public int Deferrals { get; private set; }

    /// <summary>The time until which Spotify put it off last.</summary>
    public DateTimeOffset? DeferredUntil { get; private set; }

    /// <param name="kind">What is extracted, in a word.</param>
    /// <param name="extract">Asks Spotify: what came of it, or the time until which it puts it off.</param>
    /// <param name="fail">What has failed, and why.</param>
    /// <param name="wait">Hears of each wait.</param>
    public async Task<T> RunAsync<T>(
        string kind, Func<Task<(T? Result, DateTimeOffset? DeferredUntil)>> extract, Func<string, T> fail, Action<DateTimeOffset> wait)
        where T : class
    {
        try
        {
#pragma warning disable DURABLE0011 // The loop ends after MaxDeferrals waits, which the analyzer does not see.
            while (true)
#pragma warning restore DURABLE0011
            {
                var (result, deferredUntil) = await extract();
                if (deferredUntil is not { } until)
                {
                    return result!;
                }

                DeferredUntil = until;
                if (Deferrals == MaxDeferrals || until - runStart > s_longestDeferral)
                {
                    return fail(
                        $"Spotify asks to wait until {until:u}, and after {Deferrals} waits the run waits no longer, nor ever longer than a day: the app's "
                        + $"rate limit or quota is used up. Start a run of this {kind} after that time; if it stays so, load fewer playlists a day or ask "
                        + "Spotify for more quota.");
                }

                Deferrals++;
                progress.BeginWait(until);
                wait(until);
                await context.CreateTimer(until.UtcDateTime, CancellationToken.None);
                progress.EndWait(until);
            }
        }
        catch (TaskFailedException failure)
        {
            return fail(failure.Reason);
        }
    }
}
