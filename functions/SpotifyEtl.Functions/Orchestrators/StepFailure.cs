using Microsoft.DurableTask;

namespace SpotifyEtl.Orchestrators;

internal static class StepFailure
{
    extension(TaskFailedException failure)
    {
        /// <summary>What the step itself says, without the framework's words about it.</summary>
        public string Reason => failure.FailureDetails?.ErrorMessage ?? failure.Message;
    }
}
