namespace EmbeddedHost.Functions;

/// <summary>The app's functions by name, without regard to case, and version.</summary>
internal sealed class FunctionRegistry
{
    private readonly Dictionary<(string Name, string Version), OrchestratorFunction> _orchestrators = [];
    private readonly Dictionary<(string Name, string Version), ActivityFunction> _activities = [];
    private readonly Dictionary<(string Name, string Version), HttpFunction> _http = [];
    private readonly Dictionary<(string Name, string Version), TimerFunction> _timers = [];

    public IEnumerable<string> OrchestratorNames => Names(_orchestrators.Values.Select(function => function.Name));

    public IEnumerable<string> ActivityNames => Names(_activities.Values.Select(function => function.Name));

    public IEnumerable<HttpFunction> HttpFunctions => _http.Values.OrderBy(function => function.Name, StringComparer.Ordinal);

    public IEnumerable<TimerFunction> Timers => _timers.Values.OrderBy(function => function.Name, StringComparer.Ordinal);

    /// <exception cref="InvalidOperationException">There is one of that name and version.</exception>
    public void Add(OrchestratorFunction function) => AddTo(_orchestrators, function.Name, function.Version, function);

    /// <inheritdoc cref="Add(OrchestratorFunction)" />
    public void Add(ActivityFunction function) => AddTo(_activities, function.Name, function.Version, function);

    /// <inheritdoc cref="Add(OrchestratorFunction)" />
    public void Add(HttpFunction function) => AddTo(_http, function.Name, string.Empty, function);

    /// <inheritdoc cref="Add(OrchestratorFunction)" />
    public void Add(TimerFunction function) => AddTo(_timers, function.Name, string.Empty, function);

    /// <summary>The orchestrator of that version, else the one without a version, else null.</summary>
    public OrchestratorFunction? FindOrchestrator(string name, string version) => Find(_orchestrators, name, version);

    /// <summary>The activity of that version, else the one without a version, else null.</summary>
    public ActivityFunction? FindActivity(string name, string version) => Find(_activities, name, version);

    private static T? Find<T>(Dictionary<(string, string), T> functions, string name, string version)
        where T : class => functions.GetValueOrDefault(Key(name, version)) ?? functions.GetValueOrDefault(Key(name, string.Empty));

    private static void AddTo<T>(Dictionary<(string, string), T> functions, string name, string version, T function)
    {
        if (!functions.TryAdd(Key(name, version), function))
        {
            throw new InvalidOperationException($"There are two functions with the name '{name}'. Give each function of the app a name of its own.");
        }
    }

    private static (string, string) Key(string name, string version) => (name.ToUpperInvariant(), version.ToUpperInvariant());

    private static IEnumerable<string> Names(IEnumerable<string> names) => names.Distinct(StringComparer.OrdinalIgnoreCase).Order(StringComparer.Ordinal);
}
