using System.Reflection;
using Microsoft.Azure.Functions.Worker;
using Microsoft.DurableTask.Client;
using Microsoft.Extensions.DependencyInjection;

namespace EmbeddedHost.Functions;

/// <summary>Binds the durable client, in whatever kind of function.</summary>
internal static class DurableClientBinding
{
    /// <summary>Whether a parameter asks for the client.</summary>
    /// <exception cref="InvalidOperationException">It does, and has another type.</exception>
    public static bool Takes(ParameterInfo parameter)
    {
        if (!Attribute.IsDefined(parameter, typeof(DurableClientAttribute)))
        {
            return false;
        }

        return parameter.ParameterType == typeof(DurableTaskClient)
            ? true
            : throw new InvalidOperationException(
                $"The parameter '{parameter.Name}' of {parameter.Member.DeclaringType?.Name}.{parameter.Member.Name} has the [DurableClient] attribute "
                + $"and the type {parameter.ParameterType.Name}; it must be a {nameof(DurableTaskClient)}.");
    }

    /// <summary>The client for a call.</summary>
    public static DurableTaskClient Resolve(IServiceProvider services) => services.GetRequiredService<DurableTaskClient>();
}
