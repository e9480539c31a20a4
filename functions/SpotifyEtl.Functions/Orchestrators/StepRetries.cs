using System.Text.Json;
using Microsoft.DurableTask;
using SpotifyEtl.Errors;
using SpotifyEtl.Lake;

namespace SpotifyEtl.Orchestrators;

/// <summary>How the workflow repeats a step that failed: what may pass is tried again, what cannot is not.</summary>
internal static class StepRetries
{
    public static readonly TaskOptions Options = TaskOptions.FromRetryPolicy(
        new RetryPolicy(maxNumberOfAttempts: 4, firstRetryInterval: TimeSpan.FromSeconds(2), backoffCoefficient: 3, maxRetryInterval: TimeSpan.FromMinutes(1))
        {
            HandleFailure = failure => !IsPermanent(failure),
        });

    private static bool IsPermanent(TaskFailureDetails failure) =>
        failure.IsCausedBy<PermanentEtlException>()
        || failure.IsCausedBy<EtlConfigurationException>()
        || failure.IsCausedBy<LakeObjectNotFoundException>()
        || failure.IsCausedBy<JsonException>();
}
