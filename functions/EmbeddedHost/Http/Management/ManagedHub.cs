using DurableTask.Sqlite;
using EmbeddedHost.TaskHub;

namespace EmbeddedHost.Http.Management;

/// <summary>What the management API manages.</summary>
/// <param name="Name">The task hub's name.</param>
/// <param name="Store">Its instances.</param>
/// <param name="Starts">Starts them.</param>
/// <param name="Commands">Steers them.</param>
/// <param name="OrchestratorNames">The orchestrators that can be started.</param>
internal sealed record ManagedHub(
    string Name, SqliteOrchestrationService Store, InstanceStarts Starts, InstanceCommands Commands, Func<IEnumerable<string>> OrchestratorNames);
