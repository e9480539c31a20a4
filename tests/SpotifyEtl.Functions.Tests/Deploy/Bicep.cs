using System.Diagnostics;
using System.Reflection;
using System.Text.Json.Nodes;

namespace SpotifyEtl.Functions.Tests.Deploy;

/// <summary>The Bicep compiler, which restoring this project brings.</summary>
internal static class Bicep
{
    private static readonly string s_program = typeof(Bicep).Assembly.GetCustomAttributes<AssemblyMetadataAttribute>()
        .Single(metadata => metadata.Key == "Bicep").Value!;

    /// <summary>The ARM template that a file compiles to, and every warning and error, empty if there is none.</summary>
    public static async Task<(JsonObject? Template, string Diagnostics)> BuildAsync(string path, CancellationToken cancellationToken)
    {
        using var process = Process
            .Start(new ProcessStartInfo(s_program, ["build", path, "--stdout"])
            {
                UseShellExecute = false,
                RedirectStandardOutput = true,
                RedirectStandardError = true,
            })!;
        var diagnostics = process.StandardError.ReadToEndAsync(cancellationToken);
        var template = await process.StandardOutput.ReadToEndAsync(cancellationToken);
        await process.WaitForExitAsync(cancellationToken);
        return (process.ExitCode == 0 ? JsonNode.Parse(template)!.AsObject() : null, await diagnostics);
    }
}
