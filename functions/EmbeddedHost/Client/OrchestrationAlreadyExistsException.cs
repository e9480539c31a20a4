namespace DurableTask.Core.Exceptions;

/// <summary>An orchestration was to be started with the id of one that has not ended.</summary>
public class OrchestrationAlreadyExistsException : Exception
{
    /// <summary>An exception with a message.</summary>
    public OrchestrationAlreadyExistsException(string message)
        : base(message)
    {
    }
}
