using System.Reflection;
using Microsoft.Extensions.DependencyInjection;

namespace Microsoft.DurableTask;

/// <summary>The orchestrators and activities of a worker: given as functions, types, instances or factories. A name and version may be given once.</summary>
public sealed partial class DurableTaskRegistry
{
    private readonly Dictionary<(TaskName Name, TaskVersion Version), Func<IServiceProvider, ITaskActivity>> _activities = [];
    private readonly Dictionary<(TaskName Name, TaskVersion Version), Func<IServiceProvider, ITaskOrchestrator>> _orchestrators = [];

    internal IEnumerable<KeyValuePair<(TaskName Name, TaskVersion Version), Func<IServiceProvider, ITaskActivity>>> VersionedActivities => _activities;

    internal IEnumerable<KeyValuePair<(TaskName Name, TaskVersion Version), Func<IServiceProvider, ITaskOrchestrator>>> VersionedOrchestrators => _orchestrators;

    /// <summary>The activities' factories by name.</summary>
    public IEnumerable<KeyValuePair<TaskName, Func<IServiceProvider, ITaskActivity>>> GetActivities() =>
        _activities.Select(entry => KeyValuePair.Create(entry.Key.Name, entry.Value));

    /// <summary>The orchestrators' factories by name.</summary>
    public IEnumerable<KeyValuePair<TaskName, Func<IServiceProvider, ITaskOrchestrator>>> GetOrchestrators() =>
        _orchestrators.Select(entry => KeyValuePair.Create(entry.Key.Name, entry.Value));

    private DurableTaskRegistry Add(TaskName name, TaskVersion version, Func<IServiceProvider, ITaskActivity> factory) =>
        Add(_activities, name, version, factory, nameof(ITaskActivity));

    private DurableTaskRegistry Add(TaskName name, TaskVersion version, Func<IServiceProvider, ITaskOrchestrator> factory) =>
        Add(_orchestrators, name, version, factory, nameof(ITaskOrchestrator));

    private DurableTaskRegistry Add<T>(
        Dictionary<(TaskName Name, TaskVersion Version), Func<IServiceProvider, T>> entries, TaskName name, TaskVersion version, Func<IServiceProvider, T> factory, string kind)
    {
        ArgumentException.ThrowIfNullOrEmpty(name.Name, nameof(name));
        ArgumentNullException.ThrowIfNull(factory);
        if (!entries.TryAdd((name, version), factory))
        {
            var which = version == TaskVersion.Unversioned ? string.Empty : $" with version '{version.Version}'";
            throw new ArgumentException($"An {kind} named '{name}'{which} is already added.", nameof(name));
        }

        return this;
    }

    private static (TaskName Name, TaskVersion Version) NameOf(Type type)
    {
        ArgumentNullException.ThrowIfNull(type);
        var attribute = type.GetCustomAttribute<DurableTaskAttribute>();
        return (string.IsNullOrEmpty(attribute?.Name.Name) ? type.Name : attribute.Name, attribute?.Version);
    }

    private static Func<IServiceProvider, T> FactoryOf<T>(Type type)
    {
        if (!typeof(T).IsAssignableFrom(type) || type.IsAbstract)
        {
            throw new ArgumentException($"{type} is no class that implements {typeof(T).Name}.", nameof(type));
        }

        return services => (T)ActivatorUtilities.GetServiceOrCreateInstance(services, type);
    }
}
