using System.Reflection;
using Microsoft.DurableTask;
using Microsoft.Extensions.DependencyInjection;

namespace EmbeddedHost.Functions;

/// <summary>Binds a method to the activity trigger: its input, and a cancellation token that says that the host stops.</summary>
internal static class ActivityBinding
{
    public static ActivityFunction Bind(MethodInfo method, string name, ParameterInfo trigger, IServiceProvider services, DataConverter converter)
    {
        var parameters = method.GetParameters();
        foreach (var parameter in parameters)
        {
            // By position: two looks at a method may give two ParameterInfo objects for one parameter.
            if (parameter.Position != trigger.Position && parameter.ParameterType != typeof(CancellationToken) && parameter.ParameterType != typeof(TaskActivityContext))
            {
                throw new InvalidOperationException(
                    $"The activity '{name}': its parameter '{parameter.Name}' of type {parameter.ParameterType.Name} cannot be bound. "
                    + "An activity takes its input, a CancellationToken and a TaskActivityContext; what else it needs goes into its class's constructor.");
            }
        }

        var invoke = MethodCall.Create(method);
        var scopes = services.GetRequiredService<IServiceScopeFactory>();
        var create = method.IsStatic ? null : ActivatorUtilities.CreateFactory(method.DeclaringType!, []);
        return new ActivityFunction(
            name,
            async (context, input, cancellationToken) =>
            {
                var arguments = new object?[parameters.Length];
                for (var i = 0; i < arguments.Length; i++)
                {
                    arguments[i] = parameters[i].ParameterType switch
                    {
                        var type when type == typeof(TaskActivityContext) => context,
                        var type when type == typeof(CancellationToken) => cancellationToken,
                        var type => converter.Deserialize(input, type),
                    };
                }

                if (create is null)
                {
                    return await invoke(null, arguments);
                }

                await using var scope = scopes.CreateAsyncScope();
                return await invoke(create(scope.ServiceProvider, null), arguments);
            });
    }
}
