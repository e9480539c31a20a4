using Microsoft.DurableTask;

namespace SpotifyEtl.Orchestrators;

internal static class OrchestrationTime
{
    extension(TaskOrchestrationContext context)
    {
        /// <summary>The time of the step that is taken, the same in every replay.</summary>
        public DateTimeOffset Now => new(context.CurrentUtcDateTime, TimeSpan.Zero);
    }
}
