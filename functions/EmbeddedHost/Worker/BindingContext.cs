namespace Microsoft.Azure.Functions.Worker;

/// <summary>What the trigger gave beside its value, by name.</summary>
public abstract class BindingContext
{
    /// <summary>The values by name: of an HTTP request, those of its route.</summary>
    public abstract IReadOnlyDictionary<string, object?> BindingData { get; }
}
