namespace Microsoft.Azure.Functions.Worker;

/// <summary>Options of the worker.</summary>
public class WorkerOptions
{
    /// <summary>What the worker tells the real host that it can do. The embedded host, one process with its worker, asks for none.</summary>
    public IDictionary<string, string> Capabilities { get; } = new Dictionary<string, string>(StringComparer.Ordinal);

    /// <summary>Whether the real host sees a function's exception unwrapped. The embedded host always keeps a failure's type and message.</summary>
    [Obsolete("This is now the default behavior. This property may be unavailable in future releases.")]
    public bool EnableUserCodeException { get; set; } = true;
}
