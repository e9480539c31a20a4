using System.Text.Json;
using Microsoft.DurableTask;
using SpotifyEtl.Errors;
using SpotifyEtl.Lake;
using SpotifyEtl.Runs;

namespace SpotifyEtl.Orchestrators;

/// <summary>How the workflow repeats a step that failed: what may pass is tried again, what cannot is not.</summary>
internal static class StepRetries
{
    private const int MaxTries = 4;
    private const double Backoff = 3;

    private static readonly TimeSpan s_first = TimeSpan.FromSeconds(2);
    private static readonly TimeSpan s_longest = TimeSpan.FromMinutes(1);

    /// <summary>The options of one call of an activity, which say of each repetition that it comes.</summary>
    /// <param name="context">The orchestration.</param>
    /// <param name="subject">What the activity works on, such as <c>File a.json</c>.</param>
    public static TaskOptions Of(TaskOrchestrationContext context, string subject)
    {
        var failed = 0;
        return TaskOptions.FromRetryPolicy(new RetryPolicy(MaxTries, s_first, Backoff, s_longest)
        {
            HandleFailure = failure =>
            {
                failed++;
                if (IsPermanent(failure))
                {
                    return false;
                }

                if (failed < MaxTries)
                {
                    Say(context, subject, failure.ErrorMessage, failed);
                }

                return true;
            },
        });
    }

    private static void Say(TaskOrchestrationContext context, string subject, string reason, int failed)
    {
        var log = context.CreateReplaySafeLogger(typeof(StepRetries));
        var wait = s_first * Math.Pow(Backoff, failed - 1);
        using (log.BeginScope(RunScope.Of(context.InstanceId)))
        {
            var isNamed = reason.StartsWith(subject, StringComparison.Ordinal);
            RunLog.StepRepeated(
                log, isNamed ? "" : subject + ": ", Reason.InShort(reason), failed + 1, MaxTries, (wait < s_longest ? wait : s_longest).TotalSeconds);
        }
    }

    private static bool IsPermanent(TaskFailureDetails failure) =>
        failure.IsCausedBy<PermanentEtlException>()
        || failure.IsCausedBy<EtlConfigurationException>()
        || failure.IsCausedBy<LakeObjectNotFoundException>()
        || failure.IsCausedBy<JsonException>();
}
