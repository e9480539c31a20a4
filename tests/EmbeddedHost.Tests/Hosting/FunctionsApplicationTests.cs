using EmbeddedHost.Hosting;
using Microsoft.Azure.Functions.Worker;
using Microsoft.Azure.Functions.Worker.Builder;
using Microsoft.DurableTask;
using Microsoft.DurableTask.Client;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace EmbeddedHost.Tests.Hosting;

public sealed class FunctionsApplicationTests
{
    [Fact]
    public async Task Functions_are_found_by_their_attributes_and_activated_with_their_services()
    {
        using TemporaryFolder folder = new();
        using var host = Build(folder);
        await host.StartAsync(TestContext.Current.CancellationToken);

        var end = await RunAsync(host, nameof(Greetings.Greet), new Greetings.Request("Ada", 2));
        await host.StopAsync(TestContext.Current.CancellationToken);

        Assert.Equal(["Hello, Ada (1)!", "Hello, Ada (2)!"], end.ReadOutputAs<string[]>()!);
    }

    [Fact]
    public async Task An_orchestrator_may_take_its_input_as_a_parameter_and_an_activity_its_context()
    {
        using TemporaryFolder folder = new();
        using var host = Build(folder);
        await host.StartAsync(TestContext.Current.CancellationToken);

        var end = await RunAsync(host, nameof(Greetings.Describe), 7);
        await host.StopAsync(TestContext.Current.CancellationToken);

        Assert.Equal($"7 {nameof(Greetings.Name)} {end.InstanceId}", end.ReadOutputAs<string>());
    }

    [Fact]
    public async Task Payloads_go_through_the_serializer_options_that_the_app_configures()
    {
        using TemporaryFolder folder = new();
        using var host = Build(folder, builder => builder.Services.Configure<System.Text.Json.JsonSerializerOptions>(
            options => options.PropertyNamingPolicy = System.Text.Json.JsonNamingPolicy.CamelCase));
        await host.StartAsync(TestContext.Current.CancellationToken);

        var end = await RunAsync(host, nameof(Greetings.Greet), new Greetings.Request("Ada", 1));
        await host.StopAsync(TestContext.Current.CancellationToken);

        Assert.Equal("""{"name":"Ada","times":1}""", end.SerializedInput);
    }

    [Fact]
    public async Task A_second_host_on_the_same_state_folder_is_refused()
    {
        using TemporaryFolder folder = new();
        using var first = Build(folder);
        using var second = Build(folder);
        await first.StartAsync(TestContext.Current.CancellationToken);

        var refusal = await Assert.ThrowsAnyAsync<EmbeddedHostException>(() => second.StartAsync(TestContext.Current.CancellationToken));
        await first.StopAsync(TestContext.Current.CancellationToken);

        Assert.Contains("is held by process", refusal.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Unfinished_instances_are_shown_before_they_go_on_and_a_refusal_leaves_them()
    {
        using TemporaryFolder folder = new();
        using (var first = Build(folder))
        {
            await first.StartAsync(TestContext.Current.CancellationToken);
            await first.Services.GetRequiredService<DurableTaskClient>().ScheduleNewOrchestrationInstanceAsync(
                nameof(Greetings.WaitLong), 5, new StartOrchestrationOptions("waiting"), TestContext.Current.CancellationToken);
            await first.StopAsync(TestContext.Current.CancellationToken);
        }

        using (var refusing = Build(folder, builder => builder.Services.Configure<EmbeddedHostOptions>(
            options => options.BeforeResume = unfinished => throw new InvalidOperationException(unfinished.Single().InstanceId + unfinished.Single().SerializedInput))))
        {
            Assert.Equal("waiting5", (await Assert.ThrowsAsync<InvalidOperationException>(() => refusing.StartAsync(TestContext.Current.CancellationToken))).Message);
        }

        using var last = Build(folder);
        await last.StartAsync(TestContext.Current.CancellationToken);
        var waiting = await last.Services.GetRequiredService<DurableTaskClient>().GetInstanceAsync("waiting", TestContext.Current.CancellationToken);
        await last.StopAsync(TestContext.Current.CancellationToken);

        Assert.True(waiting is { IsCompleted: false });
    }

    private static IHost Build(TemporaryFolder folder, Action<FunctionsApplicationBuilder>? configure = null)
    {
        var builder = FunctionsApplication.CreateBuilder([]);
        builder.Logging.ClearProviders();
        builder.Services.AddSingleton<Greetings.Salutation>();
        builder.Services.Configure<EmbeddedHostOptions>(options =>
        {
            options.StateFolder = folder.Path;
            options.FunctionAssemblies.Add(typeof(Greetings).Assembly);
        });
        configure?.Invoke(builder);
        return builder.Build();
    }

    private static async Task<OrchestrationMetadata> RunAsync(IHost host, string orchestrator, object input)
    {
        var client = host.Services.GetRequiredService<DurableTaskClient>();
        var id = await client.ScheduleNewOrchestrationInstanceAsync(orchestrator, input, TestContext.Current.CancellationToken);
        return await client.WaitForInstanceCompletionAsync(id, getInputsAndOutputs: true, TestContext.Current.CancellationToken);
    }
}

/// <summary>Functions for these tests to find.</summary>
public sealed class Greetings(Greetings.Salutation salutation)
{
    [Function(nameof(Greet))]
    public static async Task<string[]> Greet([OrchestrationTrigger] TaskOrchestrationContext context)
    {
        var request = context.GetInput<Request>()!;
        return await Task.WhenAll(Enumerable.Range(1, request.Times).Select(
            time => context.CallActivityAsync<string>(nameof(Say), $"{request.Name} ({time})")));
    }

    [Function(nameof(Describe))]
    public static Task<string> Describe([OrchestrationTrigger] TaskOrchestrationContext context, int number) =>
        context.CallActivityAsync<string>(nameof(Name), number);

    [Function(nameof(WaitLong))]
    public static Task WaitLong([OrchestrationTrigger] TaskOrchestrationContext context) => context.CreateTimer(TimeSpan.FromDays(1), CancellationToken.None);

    [Function(nameof(Say))]
    public Task<string> Say([ActivityTrigger] string name, CancellationToken cancellationToken) => Task.FromResult($"{salutation.Text}, {name}!");

    [Function(nameof(Name))]
    public static string Name([ActivityTrigger] int number, TaskActivityContext context) => $"{number} {context.Name} {context.InstanceId}";

    public sealed record Request(string Name, int Times);

    public sealed class Salutation
    {
        public string Text { get; } = "Hello";
    }
}
