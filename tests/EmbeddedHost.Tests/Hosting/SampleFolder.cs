using System.Diagnostics;
using System.Text;
using SampleApp;

namespace EmbeddedHost.Tests.Hosting;

/// <summary>The sample app as it is built, in a folder of a test's own whose files the test may exchange, and room for state and errands.</summary>
internal sealed class SampleFolder : IDisposable
{
    public const string HostJson = """{ "version": "2.0", "extensions": { "durableTask": { "hubName": "Hub" } } }""";

    private readonly TemporaryFolder _folder = new();

    public SampleFolder(string? hostJson = null)
    {
        Directory.CreateDirectory(App);
        Directory.CreateDirectory(Errands);
        foreach (var file in Directory.GetFiles(BuiltIn))
        {
            File.CreateSymbolicLink(Path.Combine(App, Path.GetFileName(file)), file);
        }

        Write("host.json", hostJson ?? HostJson);
    }

    /// <summary>The app.</summary>
    public string App => Path.Combine(_folder.Path, "app");

    public string State => Path.Combine(_folder.Path, "state");

    /// <summary>Where errands leave their marks.</summary>
    public string Errands => Path.Combine(_folder.Path, "errands");

    // Beside the tests' own output: the same configuration and framework.
    private static string BuiltIn
    {
        get
        {
            DirectoryInfo framework = new(AppContext.BaseDirectory.TrimEnd(Path.DirectorySeparatorChar));
            var tests = framework.Parent!.Parent!.Parent!.Parent!;
            return Path.Combine(tests.FullName, nameof(SampleApp), "bin", framework.Parent.Name, framework.Name);
        }
    }

    /// <summary>Starts EmbeddedHost on it, and waits until it listens.</summary>
    public Task<HostProgram> StartAsync(params IEnumerable<(string Name, string Value)> settings)
    {
        var environment = settings.ToDictionary(setting => setting.Name, setting => setting.Value);
        environment.TryAdd("Sample__Folder", Errands);
        return HostProgram.StartAsync([App, "--port", "0", "--state", State], environment);
    }

    public Errand Errand(string name = "errand") => new(Errands, name);

    /// <summary>Puts a file of the test's own in the place of the app's.</summary>
    public void Write(string name, string content)
    {
        Remove(name);
        File.WriteAllText(Path.Combine(App, name), content);
    }

    /// <summary>Has one of the app's assemblies say that its file is of an earlier version.</summary>
    public void MakeOlder(string name, string version)
    {
        var path = Path.Combine(App, name);
        var assembly = File.ReadAllBytes(path);
        var now = Encoding.ASCII.GetBytes(FileVersionInfo.GetVersionInfo(path).FileVersion!);
        var says = Encoding.ASCII.GetBytes(version.PadRight(now.Length, '0'));
        for (var at = assembly.AsSpan().IndexOf(now); at >= 0; at = assembly.AsSpan().IndexOf(now))
        {
            says.CopyTo(assembly, at);
        }

        Remove(name);
        File.WriteAllBytes(path, assembly);
    }

    public void Remove(string name) => File.Delete(Path.Combine(App, name));

    public void Dispose() => _folder.Dispose();
}
