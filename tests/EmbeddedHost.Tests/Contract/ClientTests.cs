using Microsoft.DurableTask;
using Microsoft.DurableTask.Client;
using Microsoft.DurableTask.Internal;
using Microsoft.Extensions.DependencyInjection;

namespace EmbeddedHost.Tests.Contract;

/// <summary>The client itself, and the host that has it.</summary>
public abstract class ClientTests(HostKind kind) : ContractTests(kind)
{
    [Fact]
    [Covers("client.Name")]
    public async Task A_host_has_one_client_which_is_among_its_services_too()
    {
        await using var host = await StartStandardAsync();

        Assert.Same(host.Client, host.Services.GetRequiredService<DurableTaskClient>());
        Assert.NotNull(host.Client.Name);
    }

    [Fact]
    [Covers("client.DisposeAsync()")]
    public async Task A_disposed_client_does_not_stop_its_host()
    {
        await using var host = await StartStandardAsync();
        var id = await host.BeginAsync("Waits");

        await host.Client.DisposeAsync();
        await host.Client.RaiseEventAsync(id, "go", "still here", Cancellation);

        Assert.Equal("still here", (await host.EndOfAsync(id)).ReadOutputAs<string>());
    }

    [Fact]
    public async Task A_client_is_what_submits_orchestrations()
    {
        await using var host = await StartStandardAsync();
        var submitter = Assert.IsType<IOrchestrationSubmitter>(host.Client, exactMatch: false);

        var id = await submitter.ScheduleNewOrchestrationInstanceAsync("Echo", "submitted", cancellation: Cancellation);

        Assert.Equal("submitted", (await host.EndOfAsync(id)).ReadOutputAs<string>());
    }

    [Fact]
    public async Task Activities_get_the_services_that_the_test_adds()
    {
        await using var host = await StartAsync(
            tasks => tasks
                .AddActivity<Greet>()
                .AddOrchestratorFunc<string>("Greets", context => context.CallActivityAsync<string>(nameof(Greet), "ada")),
            services => services.AddSingleton(new Greeting("hello")));

        Assert.Equal("hello ada", await host.ResultOfAsync<string>("Greets"));
        Assert.Equal("hello", host.Services.GetRequiredService<Greeting>().Text);
    }

    private sealed record Greeting(string Text);

    private sealed class Greet(Greeting greeting) : TaskActivity<string, string>
    {
        public override Task<string> RunAsync(TaskActivityContext context, string input) => Task.FromResult($"{greeting.Text} {input}");
    }
}

public sealed class ClientTestsInSessions() : ClientTests(HostKind.Sessions);

public sealed class ClientTestsReplayed() : ClientTests(HostKind.Replay);

public sealed class ClientTestsOnTheJudge() : ClientTests(HostKind.Judge);
