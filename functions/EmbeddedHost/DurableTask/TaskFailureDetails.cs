namespace Microsoft.DurableTask;

/// <summary>What is known of a failed task on the other side of a durable boundary: the exception's type name and message, not the exception.</summary>
public record TaskFailureDetails(
    string ErrorType, string ErrorMessage, string? StackTrace, TaskFailureDetails? InnerFailure, IDictionary<string, object?>? Properties)
{
    private const int MaxLevels = 32;

    /// <summary>The details of an exception and those it wraps: of more than 32 levels, the outermost and the one at the root.</summary>
    public static TaskFailureDetails FromException(Exception exception)
    {
        ArgumentNullException.ThrowIfNull(exception);
        var levels = LevelsOf(exception);
        if (levels.Count > MaxLevels)
        {
            levels.RemoveRange(MaxLevels - 1, levels.Count - MaxLevels);
        }

        TaskFailureDetails? details = null;
        for (var level = levels.Count - 1; level >= 0; level--)
        {
            details = levels[level] with { InnerFailure = details };
        }

        return details!;
    }

    private static List<TaskFailureDetails> LevelsOf(Exception exception)
    {
        List<TaskFailureDetails> levels = [];
        for (var current = exception; current is not null; current = current.InnerException)
        {
            levels.Add(new TaskFailureDetails(
                current.GetType().FullName ?? current.GetType().Name, Tell(current, static shown => shown.Message) ?? string.Empty, Tell(current, static shown => shown.StackTrace), null, null));
            if (current is TaskFailedException { FailureDetails: { } failure })
            {
                for (var details = failure; details is not null; details = details.InnerFailure)
                {
                    levels.Add(details);
                }

                break;
            }
        }

        return levels;
    }

    // An exception's members are its thrower's code, and may throw in turn.
    private static string? Tell(Exception exception, Func<Exception, string?> member)
    {
        try
        {
            return member(exception);
        }
#pragma warning disable CA1031 // Whatever it is, there is nothing to tell.
        catch (Exception failure)
#pragma warning restore CA1031
        {
            return $"(cannot be told: {failure.GetType().FullName})";
        }
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
