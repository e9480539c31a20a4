using System.Reflection;
using Microsoft.DurableTask.Client;

namespace EmbeddedHost.Hosting;

/// <summary>Where an embedded host keeps its state and what it runs.</summary>
public sealed class EmbeddedHostOptions
{
    /// <summary>The folder of the durable state, made if need be; one process at a time. Default: <c>.embedded-host</c> in the current folder.</summary>
    public string StateFolder { get; set; } = ".embedded-host";

    /// <summary>The app's host.json. Default: the one beside the program; a file that is not there means its defaults.</summary>
    public string HostJsonPath { get; set; } = Path.Combine(AppContext.BaseDirectory, "host.json");

    /// <summary>Where the functions are. Default (empty): the program's assembly and those it refers to.</summary>
    public IList<Assembly> FunctionAssemblies { get; } = [];

    /// <summary>
    /// Called at the start, before any work, with the instances that have not ended (inputs included), in order of creation. What it throws
    /// stops the start and leaves them as they are.
    /// </summary>
    public Action<IReadOnlyList<OrchestrationMetadata>>? BeforeResume { get; set; }

    /// <summary>
    /// How many orchestrations are kept in memory between their steps. The others are replayed from their history for each step, which is
    /// slower and otherwise the same; 0 replays always, as Azure does unless extended sessions are on. Default: 1,000.
    /// </summary>
    public int CachedOrchestrations { get; set; } = 1000;

    /// <summary>
    /// How long an orchestrator may run without giving control back. One that blocks or loops longer fails its instance, and another thread
    /// works in the place of the one that it holds; a lower limit tells earlier, a higher one lets slow replays of long histories pass. Not
    /// applied while a debugger is attached. Default: one minute; <see cref="Timeout.InfiniteTimeSpan"/>: no limit.
    /// </summary>
    public TimeSpan OrchestratorTimeLimit { get; set; } = TimeSpan.FromMinutes(1);

    /// <summary>Whether timer functions run on their schedules. Default: true; a program that makes one run and ends turns them off.</summary>
    public bool Timers { get; set; } = true;

    /// <summary>
    /// Whether orchestrations and activities rest where they stand, to go on at a start without this. Their instances can be listed,
    /// terminated, suspended, rewound and purged meanwhile. Default: false.
    /// </summary>
    public bool AtRest { get; set; }

    /// <summary>
    /// Where to listen for HTTP; null: nowhere, HTTP functions and the management API are then not served. Default: the settings' or that of
    /// <see cref="HttpListenOptions"/> in a web application (ConfigureFunctionsWebApplication), else null.
    /// </summary>
    public HttpListenOptions? Http { get; set; }

    internal bool DiscoverFunctions { get; set; } = true;
}
