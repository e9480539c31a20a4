using System.Reflection;
using Microsoft.DurableTask;
using Microsoft.Extensions.DependencyInjection;

namespace EmbeddedHost.Functions;

/// <summary>Binds a method to the orchestration trigger: its context, and the input as a further parameter.</summary>
internal static class OrchestratorBinding
{
    public static OrchestratorFunction Bind(MethodInfo method, string name, ParameterInfo trigger, IServiceProvider services, DataConverter converter)
    {
        if (trigger.ParameterType != typeof(TaskOrchestrationContext))
        {
            throw new InvalidOperationException($"The orchestrator '{name}': its trigger parameter '{trigger.Name}' must be a TaskOrchestrationContext.");
        }

        var parameters = method.GetParameters();
        if (parameters.Length > 2)
        {
            throw new InvalidOperationException($"The orchestrator '{name}' takes {parameters.Length} parameters; a context and at most one input can be bound.");
        }

        var input = parameters.FirstOrDefault(parameter => parameter.Position != trigger.Position);
        var invoke = MethodCall.Create(method);
        return new OrchestratorFunction(
            name,
            context =>
            {
                var arguments = new object?[parameters.Length];
                arguments[trigger.Position] = context;
                if (input is not null)
                {
                    arguments[input.Position] = InputOf(context, input.ParameterType, converter);
                }

                var target = method.IsStatic ? null : ActivatorUtilities.CreateInstance(services, method.DeclaringType!);
                return invoke(target, arguments);
            });
    }

    private static object? InputOf(TaskOrchestrationContext context, Type type, DataConverter converter) =>
        converter.Deserialize(((IOrchestrationInput)context).SerializedInput, type);
}
