namespace Microsoft.Azure.Functions.Worker;

/// <summary>One call of a function.</summary>
public abstract class FunctionContext
{
    /// <summary>What the trigger gave beside its value.</summary>
    public abstract BindingContext BindingContext { get; }

    /// <summary>Says that the caller or the host no longer wants the call.</summary>
    public virtual CancellationToken CancellationToken { get; }

    /// <summary>The function.</summary>
    public abstract FunctionDefinition FunctionDefinition { get; }

    /// <summary>The function's id.</summary>
    public abstract string FunctionId { get; }

    /// <summary>The call's services: those of a scope of its own.</summary>
    public abstract IServiceProvider InstanceServices { get; set; }

    /// <summary>The call's id.</summary>
    public abstract string InvocationId { get; }

    /// <summary>A place for values that belong to the call.</summary>
    public abstract IDictionary<object, object> Items { get; set; }

    /// <summary>The trace that the call belongs to.</summary>
    public abstract TraceContext TraceContext { get; }
}
