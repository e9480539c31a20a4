using Microsoft.DurableTask;
using Microsoft.Extensions.DependencyInjection;

namespace EmbeddedHost.Functions;

/// <summary>Binds what a DurableTaskRegistry holds as functions of the host.</summary>
internal static class RegistryBinding
{
    public static void AddTo(FunctionRegistry functions, DurableTaskRegistry registry, IServiceProvider services, DataConverter converter)
    {
        foreach (var ((name, version), factory) in registry.VersionedOrchestrators)
        {
            functions.Add(new OrchestratorFunction(name.Name, context =>
            {
                var orchestrator = factory(services);
                return orchestrator.RunAsync(context, InputOf(((IOrchestrationInput)context).SerializedInput, orchestrator.InputType, converter));
            })
            { Version = version.Version ?? string.Empty });
        }

        var scopes = services.GetRequiredService<IServiceScopeFactory>();
        foreach (var ((name, version), factory) in registry.VersionedActivities)
        {
            functions.Add(new ActivityFunction(name.Name, async (context, input, _) =>
            {
                await using var scope = scopes.CreateAsyncScope();
                var activity = factory(scope.ServiceProvider);
                return await activity.RunAsync(context, InputOf(input, activity.InputType, converter));
            })
            { Version = version.Version ?? string.Empty });
        }
    }

    // An absent input is the type's default, not a null that a value type cannot hold.
    private static object? InputOf(string? text, Type type, DataConverter converter) =>
        converter.Deserialize(text, type) ?? (type.IsValueType ? Activator.CreateInstance(type) : null);
}
