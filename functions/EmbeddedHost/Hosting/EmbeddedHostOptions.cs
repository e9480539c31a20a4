using Microsoft.DurableTask.Client;

namespace EmbeddedHost.Hosting;

/// <summary>Where an embedded host keeps its state and what it does. As app settings: <c>EmbeddedHost__StateFolder</c> and so on.</summary>
public sealed class EmbeddedHostOptions
{
    /// <summary>The section of the settings that these are read from.</summary>
    public const string SectionName = "EmbeddedHost";

    /// <summary>The folder of the durable state, made if need be; one process at a time. Default: <c>.embedded-host</c> in the current folder.</summary>
    public string StateFolder { get; set; } = ".embedded-host";

    /// <summary>The folder of the function app, with its host.json. Default: the program's own.</summary>
    public string AppFolder { get; set; } = AppContext.BaseDirectory;

    /// <summary>
    /// Called at the start, before any work, with the instances that have not ended (inputs included), in order of creation. What it throws
    /// stops the start and leaves them as they are.
    /// </summary>
    public Action<IReadOnlyList<OrchestrationMetadata>>? BeforeResume { get; set; }

    /// <summary>How long the worker may take until its functions are loaded. Default: one minute.</summary>
    public TimeSpan WorkerStartTimeLimit { get; set; } = TimeSpan.FromMinutes(1);

    /// <summary>
    /// How long an orchestrator may run without giving control back. One that blocks or loops longer fails its instance; a lower limit tells
    /// earlier, a higher one lets slow replays of long histories pass. Default: one minute; <see cref="Timeout.InfiniteTimeSpan"/>: no limit.
    /// </summary>
    public TimeSpan OrchestratorTimeLimit { get; set; } = TimeSpan.FromMinutes(1);

    /// <summary>
    /// Whether orchestrations may stay in memory between their steps, whatever host.json says; null: as that says. Without, each step replays
    /// the whole history, which shows code that is not deterministic.
    /// </summary>
    public bool? ExtendedSessions { get; set; }

    /// <summary>Whether timer functions run on their schedules. Default: true; a program that makes one run and ends turns them off.</summary>
    public bool Timers { get; set; } = true;

    /// <summary>
    /// Whether orchestrations and activities rest where they stand, to go on at a start without this. Their instances can be listed,
    /// terminated and purged meanwhile. Default: false.
    /// </summary>
    public bool AtRest { get; set; }

    /// <summary>Where to listen for HTTP; null: nowhere, HTTP functions and the management API are then not served. Default: 127.0.0.1:7071.</summary>
    public HttpListenOptions? Http { get; set; } = new();
}
