using DurableTask.Sqlite;

namespace EmbeddedHost.Hosting;

/// <summary>The file of a state folder in which the task hub is.</summary>
public static class TaskHubFile
{
    private const string Name = "taskhub.db";

    /// <summary>Reads a page of the instances in a state folder without a host, though another process may hold it. Nothing goes on by that.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The filter skips or takes less than nothing.</exception>
    /// <exception cref="EmbeddedHostException">There is no task hub, or it cannot be read.</exception>
    public static InstancePage ReadInstances(string stateFolder, InstanceFilter filter)
    {
        try
        {
            return SqliteOrchestrationService.ReadInstances(PathIn(stateFolder), filter);
        }
        catch (SqliteStoreException exception)
        {
            throw new EmbeddedHostException(exception.Message, exception);
        }
    }

    internal static string PathIn(string stateFolder) => Path.Combine(stateFolder, Name);
}
