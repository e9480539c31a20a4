using Microsoft.DurableTask;
using Microsoft.DurableTask.Client;
using Microsoft.DurableTask.Testing;
using Microsoft.Extensions.DependencyInjection;

namespace EmbeddedHost.Tests.Testing;

public sealed class DurableTaskTestHostTests
{
    [Fact]
    public async Task Orchestrators_and_activities_are_registered_in_every_form()
    {
        await using var host = await DurableTaskTestHost.StartAsync(
            tasks => tasks
                .AddOrchestrator<Chain>()
                .AddOrchestrator("chain2", new Chain())
                .AddOrchestrator("chain3", () => new Chain())
                .AddOrchestratorFunc<string, string>("func", (context, input) => context.CallActivityAsync<string>("Shout", input))
                .AddOrchestratorFunc<string>("nothing", (context, input) => context.CallActivityAsync("Note", input))
                .AddOrchestratorFunc("version", context => context.Version)
                .AddOrchestratorFunc<string?, string>("version", "2.0", (context, _) => Task.FromResult("two: " + context.Version))
                .AddActivity<Shout>()
                .AddActivity("Whisper", new Whisper())
                .AddActivity("Twice", services => new Twice(services.GetRequiredService<Suffix>()))
                .AddActivityFunc<string>("Note", (_, _) => { })
                .AddActivityFunc<int, int>("Add", (_, number) => number + 1),
            new DurableTaskTestHostOptions { ConfigureServices = services => services.AddSingleton(new Suffix("?")) },
            TestContext.Current.CancellationToken);

        Assert.Equal("\"hey HEY hey?hey?\"", await RunAsync(host, "Chain", "hey"));
        Assert.Equal("\"hey HEY hey?hey?\"", await RunAsync(host, "CHAIN2", "hey"));
        Assert.Equal("\"hey HEY hey?hey?\"", await RunAsync(host, "chain3", "hey"));
        Assert.Equal("\"HO\"", await RunAsync(host, "func", "ho"));
        Assert.Null(await RunAsync(host, "nothing", "x"));
        Assert.Equal("\"1.7\"", await RunAsync(host, "version", null, "1.7"));
        Assert.Equal("\"two: 2.0\"", await RunAsync(host, "version", null, "2.0"));
        Assert.Equal("?", host.Services.GetRequiredService<Suffix>().Text);
    }

    [Fact]
    public void A_name_is_registered_once_for_each_version()
    {
        DurableTaskRegistry tasks = new();
        tasks.AddActivityFunc<int, int>("A", (_, number) => number).AddOrchestratorFunc<int, int>("A", (_, number) => number);

        var refusal = Assert.Throws<ArgumentException>(() => tasks.AddActivityFunc<int, int>("a", (_, number) => number));

        Assert.StartsWith("An ITaskActivity named 'a' is already added.", refusal.Message, StringComparison.Ordinal);
        Assert.Equal("A", Assert.Single(tasks.GetActivities()).Key.Name);
        Assert.Equal("A", Assert.Single(tasks.GetOrchestrators()).Key.Name);
    }

    private static async Task<string?> RunAsync(DurableTaskTestHost host, string orchestrator, object? input, string? version = null)
    {
        var options = version is null ? new StartOrchestrationOptions() : new StartOrchestrationOptions { Version = version };
        var id = await host.Client.ScheduleNewOrchestrationInstanceAsync(orchestrator, input, options, TestContext.Current.CancellationToken);
        var end = await host.Client.WaitForInstanceCompletionAsync(id, getInputsAndOutputs: true, TestContext.Current.CancellationToken);
        Assert.Equal(OrchestrationRuntimeStatus.Completed, end.RuntimeStatus);
        return end.SerializedOutput;
    }

    private sealed record Suffix(string Text);

    private sealed class Chain : TaskOrchestrator<string, string>
    {
        public override async Task<string> RunAsync(TaskOrchestrationContext context, string input)
        {
            var number = await context.CallActivityAsync<int>("Add", 1);
            var whisper = await context.CallActivityAsync<string>("Whisper", input);
            var shout = await context.CallActivityAsync<string>("Shout", input);
            return number == 2 ? $"{whisper} {shout} {await context.CallActivityAsync<string>("Twice", input)}" : "wrong";
        }
    }

    [DurableTask("Shout")]
    private sealed class Shout : TaskActivity<string, string>
    {
        public override Task<string> RunAsync(TaskActivityContext context, string input) => Task.FromResult(input.ToUpperInvariant());
    }

    private sealed class Whisper : TaskActivity<string, string>
    {
        public override Task<string> RunAsync(TaskActivityContext context, string input) => Task.FromResult(input);
    }

    private sealed class Twice(Suffix suffix) : TaskActivity<string, string>
    {
        public override Task<string> RunAsync(TaskActivityContext context, string input) => Task.FromResult(input + suffix.Text + input + suffix.Text);
    }
}
