namespace EmbeddedHost.Functions;

/// <summary>An orchestration context that gives its input as text.</summary>
internal interface IOrchestrationInput
{
    string? SerializedInput { get; }
}
