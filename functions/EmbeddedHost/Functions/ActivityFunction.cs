using Microsoft.DurableTask;

namespace EmbeddedHost.Functions;

/// <summary>An activity of the app: takes its input's text and gives its result.</summary>
internal sealed record ActivityFunction(string Name, Func<TaskActivityContext, string?, CancellationToken, Task<object?>> InvokeAsync)
{
    /// <inheritdoc cref="OrchestratorFunction.Version" />
    public string Version { get; init; } = string.Empty;
}
