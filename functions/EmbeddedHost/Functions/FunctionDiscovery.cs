using System.Reflection;
using Microsoft.Azure.Functions.Worker;
using Microsoft.DurableTask;

namespace EmbeddedHost.Functions;

/// <summary>Finds the app's functions: public methods with a [Function] attribute, on public classes of the app's assemblies.</summary>
internal static class FunctionDiscovery
{
    /// <summary>The assembly that was started and those it refers to, as far as they know this host.</summary>
    public static IReadOnlyList<Assembly> DefaultAssemblies()
    {
        var host = typeof(FunctionDiscovery).Assembly.GetName().Name;
        Dictionary<string, Assembly> found = new(StringComparer.Ordinal);
        Queue<Assembly> queue = new();
        if (Assembly.GetEntryAssembly() is { } entry)
        {
            queue.Enqueue(entry);
        }

        while (queue.TryDequeue(out var assembly))
        {
            var references = assembly.GetReferencedAssemblies();
            if (references.Any(reference => reference.Name == host) && found.TryAdd(assembly.FullName!, assembly))
            {
                foreach (var reference in references.Where(reference => reference.Name != host && !IsFramework(reference)))
                {
                    queue.Enqueue(Assembly.Load(reference));
                }
            }
        }

        return [.. found.Values];
    }

    /// <summary>Fills a registry with the functions of some assemblies.</summary>
    /// <exception cref="EmbeddedHostException">A schedule is not allowed.</exception>
    /// <exception cref="InvalidOperationException">A function cannot be bound, or two have one name.</exception>
    public static FunctionRegistry Discover(IEnumerable<Assembly> assemblies, IServiceProvider services, DataConverter converter)
    {
        FunctionRegistry registry = new();
        var methods =
            from assembly in assemblies
            from type in assembly.GetExportedTypes()
            where type.IsClass
            from method in type.GetMethods(BindingFlags.Public | BindingFlags.Instance | BindingFlags.Static | BindingFlags.DeclaredOnly)
            let attribute = method.GetCustomAttribute<FunctionAttribute>()
            where attribute is not null
            select (method, attribute.Name);
        foreach (var (method, name) in methods.OrderBy(found => found.Name, StringComparer.Ordinal))
        {
            var trigger = method.GetParameters().FirstOrDefault(parameter => Attribute.IsDefined(parameter, typeof(OrchestrationTriggerAttribute), inherit: true)
                || Attribute.IsDefined(parameter, typeof(ActivityTriggerAttribute), inherit: true)
                || Attribute.IsDefined(parameter, typeof(TimerTriggerAttribute), inherit: true));
            if (trigger?.GetCustomAttribute<OrchestrationTriggerAttribute>() is { } orchestration)
            {
                registry.Add(OrchestratorBinding.Bind(method, orchestration.Orchestration ?? name, trigger, services, converter));
            }
            else if (trigger?.GetCustomAttribute<ActivityTriggerAttribute>() is { } activity)
            {
                registry.Add(ActivityBinding.Bind(method, activity.Activity ?? name, trigger, services, converter));
            }
            else if (trigger?.GetCustomAttribute<TimerTriggerAttribute>() is { } timer)
            {
                registry.Add(TimerBinding.Bind(method, name, timer, services));
            }
        }

        return registry;
    }

    private static bool IsFramework(AssemblyName name) =>
        name.Name!.StartsWith("System.", StringComparison.Ordinal) || name.Name.StartsWith("Microsoft.", StringComparison.Ordinal);
}
