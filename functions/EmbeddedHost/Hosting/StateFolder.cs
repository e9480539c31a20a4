namespace EmbeddedHost.Hosting;

/// <summary>The folder that holds a host's state: the task hub's file, which one process at a time may use, and what is kept beside it.</summary>
internal sealed record StateFolder(string Path);
