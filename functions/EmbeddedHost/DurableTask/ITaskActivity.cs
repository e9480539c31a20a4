namespace Microsoft.DurableTask;

/// <summary>An activity as an object.</summary>
public interface ITaskActivity
{
    /// <summary>The type its input is read as.</summary>
    Type InputType { get; }

    /// <summary>The type of its result.</summary>
    Type OutputType { get; }

    /// <summary>Does the work. It may be called more than once for one request.</summary>
    Task<object?> RunAsync(TaskActivityContext context, object? input);
}
