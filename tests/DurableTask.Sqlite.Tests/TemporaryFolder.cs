namespace DurableTask.Sqlite.Tests;

/// <summary>A folder of a test's own, gone with it.</summary>
public sealed class TemporaryFolder : IDisposable
{
    public string Path { get; } = Directory.CreateTempSubdirectory("durabletask-sqlite-").FullName;

    public string Database => System.IO.Path.Combine(Path, "state", "tasks.db");

    public void Dispose() => Directory.Delete(Path, recursive: true);
}
