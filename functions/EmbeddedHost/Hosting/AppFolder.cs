namespace EmbeddedHost.Hosting;

/// <summary>The folder of a function app: its assemblies and its host.json.</summary>
internal sealed record AppFolder(string Path);
