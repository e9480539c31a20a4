namespace Microsoft.Azure.Functions.Worker;

/// <summary>Options of the worker.</summary>
public class WorkerOptions
{
    /// <summary>Whether the real host sees a function's exception unwrapped. The embedded host always keeps a failure's type and message.</summary>
    [Obsolete("This is now the default behavior. This property may be unavailable in future releases.")]
    public bool EnableUserCodeException { get; set; } = true;
}
