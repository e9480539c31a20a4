namespace Microsoft.DurableTask;

/// <summary>What is known of a failed task on the other side of a durable boundary: the exception's type name and message, not the exception.</summary>
public record TaskFailureDetails(
    string ErrorType, string ErrorMessage, string? StackTrace, TaskFailureDetails? InnerFailure, IDictionary<string, object?>? Properties)
{
    /// <summary>The details of an exception and those it wraps.</summary>
    public static TaskFailureDetails FromException(Exception exception)
    {
        ArgumentNullException.ThrowIfNull(exception);
        var inner = exception switch
        {
            TaskFailedException { FailureDetails: { } details } => details,
            { InnerException: { } wrapped } => FromException(wrapped),
            _ => null,
        };
        return new(exception.GetType().FullName!, exception.Message, exception.StackTrace, inner, Properties: null);
    }

    /// <summary>Whether the failure was an exception of type <typeparamref name="T"/> or derived from it. Inner failures are not searched.</summary>
    public bool IsCausedBy<T>()
        where T : Exception => IsCausedBy(typeof(T));

    /// <summary>Whether the failure was an exception of this type or derived from it. Inner failures are not searched.</summary>
    /// <exception cref="ArgumentException">The type is no exception type.</exception>
    public bool IsCausedBy(Type targetBaseExceptionType)
    {
        ArgumentNullException.ThrowIfNull(targetBaseExceptionType);
        if (!typeof(Exception).IsAssignableFrom(targetBaseExceptionType))
        {
            throw new ArgumentException($"The type {targetBaseExceptionType} is not an exception.", nameof(targetBaseExceptionType));
        }

        if (string.Equals(ErrorType, targetBaseExceptionType.FullName, StringComparison.Ordinal))
        {
            return true;
        }

        foreach (var assembly in AppDomain.CurrentDomain.GetAssemblies())
        {
            if (assembly.GetType(ErrorType) is { } type)
            {
                return targetBaseExceptionType.IsAssignableFrom(type);
            }
        }

        return false;
    }

    /// <inheritdoc />
    public override string ToString() => $"{ErrorType}: {ErrorMessage}";
}
