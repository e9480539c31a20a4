using System.Diagnostics.CodeAnalysis;

namespace EmbeddedHost.Functions;

/// <summary>The app's functions by name, without regard to case.</summary>
internal sealed class FunctionRegistry
{
    private readonly Dictionary<string, OrchestratorFunction> _orchestrators = new(StringComparer.OrdinalIgnoreCase);
    private readonly Dictionary<string, ActivityFunction> _activities = new(StringComparer.OrdinalIgnoreCase);
    private readonly Dictionary<string, TimerFunction> _timers = new(StringComparer.OrdinalIgnoreCase);

    public IEnumerable<TimerFunction> Timers => _timers.Values;

    public IEnumerable<string> OrchestratorNames => _orchestrators.Keys.Order(StringComparer.Ordinal);

    public IEnumerable<string> ActivityNames => _activities.Keys.Order(StringComparer.Ordinal);

    /// <exception cref="InvalidOperationException">There is one of that name.</exception>
    public void Add(OrchestratorFunction function) => AddTo(_orchestrators, function.Name, function);

    /// <inheritdoc cref="Add(OrchestratorFunction)" />
    public void Add(ActivityFunction function) => AddTo(_activities, function.Name, function);

    /// <inheritdoc cref="Add(OrchestratorFunction)" />
    public void Add(TimerFunction function) => AddTo(_timers, function.Name, function);

    public OrchestratorFunction? FindOrchestrator(string name) => _orchestrators.GetValueOrDefault(name);

    public bool TryGetActivity(string name, [NotNullWhen(true)] out ActivityFunction? function) => _activities.TryGetValue(name, out function);

    private static void AddTo<T>(Dictionary<string, T> functions, string name, T function)
    {
        if (!functions.TryAdd(name, function))
        {
            throw new InvalidOperationException($"There are two functions with the name '{name}'. Give each function of the app a name of its own.");
        }
    }
}
