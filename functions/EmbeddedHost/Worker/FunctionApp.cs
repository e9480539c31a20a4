using System.Text.Json;
using EmbeddedHost.Worker.Messages;

namespace EmbeddedHost.Worker;

/// <summary>The functions of an app, by what starts them. Names are compared without regard to case.</summary>
internal sealed class FunctionApp
{
    private readonly Dictionary<string, AppFunction> _orchestrators;
    private readonly Dictionary<string, AppFunction> _activities;

    private FunctionApp(List<AppFunction> functions)
    {
        Functions = functions;
        HttpFunctions = [.. functions.Where(function => function.Trigger.Is(BindingTypes.HttpTrigger))];
        Timers = [.. functions.Where(function => function.Trigger.Is(BindingTypes.TimerTrigger))];
        _orchestrators = ByName(functions, BindingTypes.OrchestrationTrigger);
        _activities = ByName(functions, BindingTypes.ActivityTrigger);
    }

    public IReadOnlyList<AppFunction> Functions { get; }

    public IReadOnlyList<AppFunction> HttpFunctions { get; }

    public IReadOnlyList<AppFunction> Timers { get; }

    public IEnumerable<string> OrchestratorNames => _orchestrators.Values.Select(function => function.Name);

    public IEnumerable<string> ActivityNames => _activities.Values.Select(function => function.Name);

    public AppFunction? FindOrchestrator(string name) => _orchestrators.GetValueOrDefault(name);

    public AppFunction? FindActivity(string name) => _activities.GetValueOrDefault(name);

    public AppFunction? Find(string name) => Functions.FirstOrDefault(function => string.Equals(function.Name, name, StringComparison.OrdinalIgnoreCase));

    /// <summary>Reads what the worker says of its functions.</summary>
    /// <exception cref="EmbeddedHostException">A function has a binding that this host lacks, no trigger, or the name of another.</exception>
    public static FunctionApp Read(IEnumerable<RpcFunctionMetadata> described)
    {
        List<AppFunction> functions = [];
        foreach (var metadata in described.OrderBy(one => one.Name, StringComparer.Ordinal))
        {
            var function = Read(metadata);
            if (functions.Exists(other => string.Equals(other.Name, function.Name, StringComparison.OrdinalIgnoreCase)))
            {
                throw new HostConfigurationException(
                    $"There are two functions with the name '{function.Name}'. Give each function of the app a name of its own.");
            }

            functions.Add(function);
        }

        return new FunctionApp(functions);
    }

    private static AppFunction Read(RpcFunctionMetadata metadata)
    {
        List<FunctionBinding> bindings;
        try
        {
            bindings = [.. metadata.RawBindings.Select(FunctionBinding.Read)];
        }
        catch (Exception exception) when (exception is JsonException or InvalidOperationException)
        {
            throw new EmbeddedHostException(
                $"The worker describes the function '{metadata.Name}' by a binding that cannot be read: {exception.Message}", exception);
        }

        foreach (var binding in bindings)
        {
            if (!BindingTypes.All.Any(binding.Is))
            {
                throw new HostConfigurationException(
                    $"The function '{metadata.Name}' has the binding '{binding.Type}' (parameter '{binding.Name}'), which this host does not have. "
                    + $"It has {string.Join(", ", BindingTypes.All)}. Take the function out of the app, or run the app on Azure's host.");
            }
        }

        return bindings.Find(binding => BindingTypes.IsTrigger(binding.Type)) is { } trigger
            ? new AppFunction(metadata.Name, metadata.FunctionId, trigger, bindings)
            : throw new HostConfigurationException($"The function '{metadata.Name}' has no trigger, so nothing could start it.");
    }

    private static Dictionary<string, AppFunction> ByName(List<AppFunction> functions, string trigger) =>
        functions.Where(function => function.Trigger.Is(trigger)).ToDictionary(function => function.Name, StringComparer.OrdinalIgnoreCase);
}
