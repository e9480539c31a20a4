using System.Diagnostics;
using System.Text.Json.Nodes;

namespace SpotifyEtl.Functions.Tests.Deploy;

/// <summary>What the project is made of with <c>-p:StandIns=none</c>, as MSBuild evaluates it; on a feed with all packages it is built by CI.</summary>
public sealed class AzureBuildTests
{
    private static readonly string[] s_packages =
    [
        "AWSSDK.Athena", "AWSSDK.Glue", "AWSSDK.S3", "AWSSDK.SecurityToken", "Azure.Identity", "CsvHelper", "Microsoft.Azure.Functions.Worker",
        "Microsoft.Azure.Functions.Worker.Extensions.DurableTask", "Microsoft.Azure.Functions.Worker.Extensions.Http.AspNetCore",
        "Microsoft.Azure.Functions.Worker.Extensions.Timer", "Microsoft.Azure.Functions.Worker.Sdk", "SpotifyAPI.Web",
    ];

    [Fact]
    public async Task The_Azure_build_takes_the_real_packages_and_no_project_of_ours()
    {
        var project = await EvaluateAsync("AzureStorage");

        Assert.Equal([], s_packages.Except(Names(project, "PackageReference")));
        Assert.Empty(Names(project, "ProjectReference"));
        Assert.DoesNotContain(
            Names(project, "PackageReference"),
            name => name.Contains("DuckDB", StringComparison.OrdinalIgnoreCase) || name.Contains("Sqlite", StringComparison.OrdinalIgnoreCase));
        Assert.Equal(("Exe", "v4"), ((string)project["Properties"]!["OutputType"]!, (string)project["Properties"]!["AzureFunctionsVersion"]!));
        Assert.Contains("../../host.json", Names(project, "None"));
    }

    [Fact]
    public async Task The_build_for_Durable_Task_Scheduler_adds_its_package_and_its_host_json()
    {
        var project = await EvaluateAsync("DurableTaskScheduler");

        Assert.Contains("Microsoft.Azure.Functions.Worker.Extensions.DurableTask.AzureManaged", Names(project, "PackageReference"));
        Assert.Contains("../deploy/host.DurableTaskScheduler.json", Names(project, "None"));
        Assert.DoesNotContain("../../host.json", Names(project, "None"));
    }

    private static async Task<JsonNode> EvaluateAsync(string durableBackend)
    {
        string[] arguments =
        [
            "msbuild", Path.Combine(DeployFolder.Root, "functions", "SpotifyEtl.Functions"), "-p:StandIns=none", $"-p:DurableBackend={durableBackend}",
            "-getProperty:OutputType", "-getProperty:AzureFunctionsVersion", "-getItem:PackageReference", "-getItem:ProjectReference", "-getItem:None",
        ];
        using var process = Process.Start(new ProcessStartInfo("dotnet", arguments) { UseShellExecute = false, RedirectStandardOutput = true })!;
        var output = await process.StandardOutput.ReadToEndAsync(TestContext.Current.CancellationToken);
        await process.WaitForExitAsync(TestContext.Current.CancellationToken);
        return JsonNode.Parse(output)!;
    }

    private static IEnumerable<string> Names(JsonNode project, string items) => project["Items"]![items]!.AsArray().Select(item => (string)item!["Identity"]!);
}
