namespace Microsoft.DurableTask;

/// <summary>How an orchestration begins anew.</summary>
public class ContinueAsNewOptions
{
    /// <summary>The new input.</summary>
    public object? NewInput { get; set; }

    /// <summary>The version to go on with; null: the same.</summary>
    public string? NewVersion { get; set; }

    /// <summary>Whether events that nobody waited for are kept.</summary>
    public bool PreserveUnprocessedEvents { get; set; } = true;
}
