using System.Text.Json;

namespace EmbeddedHost.Worker;

/// <summary>How the worker of a published app is started, by the worker.config.json that the SDK writes beside it.</summary>
/// <param name="Folder">The app's folder.</param>
/// <param name="Executable">The program to start.</param>
/// <param name="Arguments">What it is given.</param>
internal sealed record WorkerConfig(string Folder, string Executable, IReadOnlyList<string> Arguments)
{
    private const string FileName = "worker.config.json";
    private const string Isolated = "dotnet-isolated";

    /// <summary>Reads a folder.</summary>
    /// <exception cref="HostConfigurationException">It holds no published isolated app.</exception>
    public static WorkerConfig Read(string folder)
    {
        var full = Path.GetFullPath(folder);
        if (!Directory.Exists(full))
        {
            throw new HostConfigurationException($"There is no folder {full}. Give the folder of a published function app.");
        }

        var path = Path.Combine(full, FileName);
        if (!File.Exists(path))
        {
            throw new HostConfigurationException(
                $"The folder {full} holds no published function app of the isolated worker model: there is no {FileName}. "
                + (File.Exists(Path.Combine(full, "host.json")) ? "An in-process app, or one in another language, is not run by this host. " : string.Empty)
                + "Make one with 'dotnet publish' of a project that uses Microsoft.Azure.Functions.Worker.Sdk.");
        }

        try
        {
            using var document = JsonDocument.Parse(File.ReadAllBytes(path));
            var description = document.RootElement.GetProperty("description");
            var language = description.GetProperty("language").GetString();
            if (language != Isolated)
            {
                throw new HostConfigurationException($"The app in {full} is for the worker runtime '{language}'; this host runs '{Isolated}' only.");
            }

            var worker = Path.GetFullPath(Path.Combine(full, description.GetProperty("defaultWorkerPath").GetString()!));
            var executable = description.TryGetProperty("defaultExecutablePath", out var given) ? given.GetString()! : "dotnet";
            return executable == "dotnet"
                ? new WorkerConfig(full, Environment.GetEnvironmentVariable("DOTNET_HOST_PATH") ?? executable, [worker])
                : new WorkerConfig(full, Path.GetFullPath(Path.Combine(full, executable)), []);
        }
        catch (Exception exception) when (exception is JsonException or KeyNotFoundException or InvalidOperationException
            or ArgumentNullException or IOException or UnauthorizedAccessException)
        {
            throw new HostConfigurationException($"{path} cannot be read: {exception.Message}", exception);
        }
    }
}
