using Microsoft.Azure.Functions.Worker.Extensions.Abstractions;

namespace Microsoft.Azure.Functions.Worker;

/// <summary>Binds a DurableTaskClient to the parameter.</summary>
[AttributeUsage(AttributeTargets.Parameter)]
public sealed class DurableClientAttribute : InputBindingAttribute
{
    /// <summary>Ignored: an embedded host has its own store.</summary>
    public string? ConnectionName { get; set; }

    /// <summary>Ignored: an embedded host has one task hub.</summary>
    public string? TaskHub { get; set; }
}
