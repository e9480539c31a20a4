namespace Microsoft.Azure.Functions.Worker;

/// <summary>A place in a trace, as W3C's headers have it.</summary>
public abstract class TraceContext
{
    private protected TraceContext()
    {
    }

    /// <summary>The trace, the span and whether it is recorded; empty: none.</summary>
    public abstract string TraceParent { get; }

    /// <summary>What tracing systems add of their own; empty: nothing.</summary>
    public abstract string TraceState { get; }
}
