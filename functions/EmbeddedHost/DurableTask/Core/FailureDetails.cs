namespace DurableTask.Core;

/// <summary>What went wrong, as a history says it.</summary>
public class FailureDetails
{
    internal FailureDetails(string errorType, string errorMessage, string? stackTrace, FailureDetails? innerFailure)
    {
        ErrorType = errorType;
        ErrorMessage = errorMessage;
        StackTrace = stackTrace;
        InnerFailure = innerFailure;
    }

    /// <summary>The exception's type name.</summary>
    public string ErrorType { get; }

    /// <summary>The exception's message.</summary>
    public string ErrorMessage { get; }

    /// <summary>Where it was thrown, or null.</summary>
    public string? StackTrace { get; }

    /// <summary>The failure that it wraps, or null.</summary>
    public FailureDetails? InnerFailure { get; }

    /// <inheritdoc />
    public override string ToString() => $"{ErrorType}: {ErrorMessage}";
}
