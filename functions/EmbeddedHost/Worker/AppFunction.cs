namespace EmbeddedHost.Worker;

/// <summary>A function of the app.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Id">What the worker knows it by.</param>
/// <param name="Trigger">The binding that starts it.</param>
/// <param name="Bindings">All of its bindings, the trigger among them.</param>
internal sealed record AppFunction(string Name, string Id, FunctionBinding Trigger, IReadOnlyList<FunctionBinding> Bindings)
{
    /// <summary>The bindings through which it is given a durable client.</summary>
    public IReadOnlyList<FunctionBinding> DurableClients { get; } = [.. Bindings.Where(binding => binding.Is(BindingTypes.DurableClient))];
}
