using System.Collections.Concurrent;
using System.Text.Json;
using Microsoft.DurableTask;
using Microsoft.DurableTask.Client;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace EmbeddedHost.Tests.Contract;

/// <summary>What an orchestrator knows of itself, and what stays the same on every replay.</summary>
public abstract class ContextTests(HostKind kind) : ContractTests(kind)
{
    [Fact]
    [Covers("context.Name")]
    [Covers("context.InstanceId")]
    [Covers("context.Parent")]
    [Covers("context.Version")]
    [Covers("context.Properties")]
    [Covers("context.GetInput<T>()")]
    public async Task An_orchestrator_knows_what_it_was_started_as()
    {
        NotOnTheJudge("Without the Functions extension, an orchestrator that names no input type reads its input as a JSON element only.");
        await using var host = await StartAsync(tasks => tasks.AddOrchestratorFunc<string>("Who", context =>
            $"{context.Name} {context.InstanceId} '{context.Version}' {context.Parent is null} {context.Properties is not null} {context.GetInput<int>()}"));

        Assert.Equal("Who me '' True True 7", await host.ResultOfAsync<string>("Who", 7, "me"));
    }

    [Fact]
    [Covers("context.GetInput<T>()")]
    public async Task An_input_that_is_not_there_is_the_default_of_its_type()
    {
        NotOnTheJudge("Without the Functions extension, an orchestrator that names no input type reads its input as a JSON element only.");
        await using var host = await StartAsync(tasks => tasks
            .AddOrchestratorFunc<string>("None", context =>
                $"{context.GetInput<string>() ?? "null"} {context.GetInput<int>()} {context.GetInput<int?>()?.ToString() ?? "null"}"));

        Assert.Equal("null 0 null", await host.ResultOfAsync<string>("None"));
    }

    [Theory]
    [Covers("context.GetInput<T>()")]
    [InlineData("Typed")]
    [InlineData("Read")]
    public async Task An_input_of_the_wrong_type_fails_the_instance(string orchestrator)
    {
        NotOnTheJudge("Without the Functions extension, an orchestrator that names no input type reads its input as a JSON element only.");
        await using var host = await StartAsync(tasks => tasks
            .AddOrchestratorFunc<int, int>("Typed", (_, number) => number)
            .AddOrchestratorFunc<int>("Read", context => context.GetInput<int>()));

        var end = await host.RunAsync(orchestrator, "seven");

        Assert.Equal(OrchestrationRuntimeStatus.Failed, end.RuntimeStatus);
        Assert.True(end.FailureDetails!.IsCausedBy<JsonException>(), end.ToString());
    }

    [Theory]
    [Covers("context.Version")]
    [Covers("context.CompareVersionTo(string)")]
    [InlineData("2.0", "1.9", 1)]
    [InlineData("2.0", "2.0", 0)]
    [InlineData("2.0", "10.0", -1)]
    [InlineData("beta", "Alpha", 1)]
    [InlineData("2.0", "", 1)]
    public async Task An_orchestrator_compares_its_version(string version, string other, int sign)
    {
        await using var host = await StartAsync(tasks => tasks.AddOrchestratorFunc<string, string>("Compare", (context, than) =>
            $"{context.Version} {Math.Sign(context.CompareVersionTo(than))}"));
        var id = await host.Client.ScheduleNewOrchestrationInstanceAsync("Compare", other, new StartOrchestrationOptions { Version = version }, Cancellation);

        Assert.Equal($"{version} {sign}", (await host.EndOfAsync(id)).ReadOutputAs<string>());
    }

    [Fact]
    [Covers("context.NewGuid()")]
    [Covers("context.CurrentUtcDateTime")]
    public async Task New_identifiers_and_the_current_time_are_the_same_on_every_replay()
    {
        ConcurrentQueue<string> seen = new();
        await using var host = await StartThreeStepsAsync(context =>
        {
            seen.Enqueue($"{context.NewGuid()} {context.NewGuid()} {context.CurrentUtcDateTime:O} {context.CurrentUtcDateTime.Kind}");
            return null;
        });

        await host.ResultOfAsync<string>("Steps");

        // Three steps; each replayed from the start: 1 + 2 + 3 times the code came by.
        Assert.Equal(InSessions ? 3 : 6, seen.Count);
        var distinct = seen.Distinct().ToList();
        Assert.Equal(3, distinct.Count);
        Assert.Equal(6, distinct.SelectMany(line => line.Split(' ')[..2]).Distinct().Count());
        Assert.All(distinct, line => Assert.EndsWith("Utc", line, StringComparison.Ordinal));
    }

    [Fact]
    [Covers("context.CurrentUtcDateTime")]
    public async Task The_current_time_does_not_go_back_and_is_near_the_clients()
    {
        await using var host = await StartAsync(tasks => tasks.AddOrchestratorFunc<DateTime[]>("Times", async context =>
        {
            var first = context.CurrentUtcDateTime;
            await context.CreateTimer(TimeSpan.FromMilliseconds(10), CancellationToken.None);
            return [first, context.CurrentUtcDateTime];
        }));
        var before = TimeProvider.System.GetUtcNow().UtcDateTime;

        var times = await host.ResultOfAsync<DateTime[]>("Times");

        Assert.InRange(times[0], before, times[1]);
        Assert.InRange(times[1], times[0], TimeProvider.System.GetUtcNow().UtcDateTime);
    }

    [Fact]
    [Covers("context.IsReplaying")]
    public async Task Only_what_follows_the_last_answer_is_no_replay()
    {
        ConcurrentQueue<string> seen = new();
        var pass = 0;
        await using var host = await StartThreeStepsAsync(context =>
        {
            seen.Enqueue(context.IsReplaying ? "replay" : $"step {++pass}");
            return null;
        });

        await host.ResultOfAsync<string>("Steps");

        Assert.Equal(InSessions ? ["step 1", "step 2", "step 3"] : ["step 1", "replay", "step 2", "replay", "replay", "step 3"], seen);
    }

    [Fact]
    [Covers("context.CreateReplaySafeLogger(string)")]
    [Covers("context.CreateReplaySafeLogger(Type)")]
    [Covers("context.CreateReplaySafeLogger<T>()")]
    [Covers("context.ReplaySafeLoggerFactory")]
    public async Task A_replay_safe_logger_logs_each_line_once()
    {
        RecordedLines lines = new();
        using var factory = LoggerFactory.Create(logging => logging.AddProvider(lines));
        await using var host = await StartThreeStepsAsync(
            context =>
            {
                var type = typeof(ContextTests);
                ILogger[] loggers =
                [
                    context.CreateReplaySafeLogger("by name"),
                    context.CreateReplaySafeLogger(type),
                    context.CreateReplaySafeLogger<Uri>(),
                    context.ReplaySafeLoggerFactory.CreateLogger("by factory"),
                ];
                foreach (var logger in loggers)
                {
                    logger.Log(LogLevel.Information, default, "line", null, (line, _) => line);
                }

                return null;
            },
            services => services.AddSingleton<ILoggerFactory>(factory));

        await host.ResultOfAsync<string>("Steps");

        foreach (var category in new[] { "by name", "by factory", typeof(ContextTests).FullName!, "System.Uri" })
        {
            Assert.Equal(3, lines.Written.Count(written => written == category));
        }
    }

    [Fact]
    [Covers("context.SetCustomStatus(object)")]
    public async Task A_custom_status_is_shown_while_the_instance_runs_and_after_its_end()
    {
        await using var host = await StartAsync(tasks => tasks.AddOrchestratorFunc<string>("Shows", async context =>
        {
            context.SetCustomStatus(new Progress("loading", 3));
            await context.WaitForExternalEvent<string>("go");
            context.SetCustomStatus("last words");
            return "done";
        }));
        var id = await host.BeginAsync("Shows");
        var running = await host.FindAsync(id);

        await host.Client.RaiseEventAsync(id, "go", null, Cancellation);
        var end = await host.EndOfAsync(id);

        Assert.Equal(new Progress("loading", 3), running.ReadCustomStatusAs<Progress>());
        Assert.Equal("last words", end.ReadCustomStatusAs<string>());
    }

    [Fact]
    [Covers("context.SetCustomStatus(object)")]
    public async Task A_custom_status_of_null_clears_the_one_before()
    {
        await using var host = await StartAsync(tasks => tasks.AddOrchestratorFunc<string>("Clears", async context =>
        {
            context.SetCustomStatus("first");
            await context.CreateTimer(TimeSpan.FromMilliseconds(1), CancellationToken.None);
            context.SetCustomStatus(null);
            return "done";
        }));

        Assert.Null((await host.RunAsync("Clears")).ReadCustomStatusAs<string>());
    }

    [Fact]
    [Covers("context.SetCustomStatus(object)")]
    public async Task A_custom_status_over_16_KB_fails_the_instance_and_the_limit_is_named()
    {
        NotOnTheJudge("The limit is that of the Functions host.");
        await using var host = await StartAsync(tasks => tasks.AddOrchestratorFunc<int, int>("Shows", (context, length) =>
        {
            context.SetCustomStatus(new string('x', length));
            return length;
        }));

        Assert.Equal(8190, await host.ResultOfAsync<int>("Shows", 8190));
        var end = await host.RunAsync("Shows", 17_000);

        Assert.True(end.FailureDetails!.IsCausedBy<ArgumentException>());
        Assert.Contains("CustomStatus is too large: limit = 16 KB (UTF-16), actual = 33.21 KB.", end.FailureDetails.ErrorMessage, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Orchestrators_and_activities_are_given_as_functions_types_objects_or_factories()
    {
        var type = typeof(Shouting);
        await using var host = await StartAsync(tasks => tasks
            .AddOrchestrator<Shouting>()
            .AddOrchestrator("Typed", type)
            .AddOrchestrator("Object", new Shouting())
            .AddOrchestrator("Factory", () => new Shouting())
            .AddActivity<Shout>());

        foreach (var name in new[] { nameof(Shouting), "Typed", "Object", "Factory" })
        {
            Assert.Equal("HEY", await host.ResultOfAsync<string>(name, "hey"));
        }
    }

    // Calls a function in each of three steps.
    private Task<ContractHost> StartThreeStepsAsync(Func<TaskOrchestrationContext, object?> inEach, Action<IServiceCollection>? services = null) =>
        StartAsync(
            tasks => tasks
                .AddActivityFunc<int, int>("Same", (_, number) => number)
                .AddOrchestratorFunc<string>("Steps", async context =>
                {
                    for (var step = 1; step <= 3; step++)
                    {
                        inEach(context);
                        if (step < 3)
                        {
                            await context.CallActivityAsync<int>("Same", step);
                        }
                    }

                    return "done";
                }),
            services);

    private sealed record Progress(string Phase, int Done);

    private sealed class Shouting : TaskOrchestrator<string, string>
    {
        public override Task<string> RunAsync(TaskOrchestrationContext context, string input) => context.CallActivityAsync<string>("Loud", input);
    }

    [DurableTask("Loud")]
    private sealed class Shout : TaskActivity<string, string>
    {
        public override Task<string> RunAsync(TaskActivityContext context, string input) => Task.FromResult(input.ToUpperInvariant());
    }

    private sealed class RecordedLines : ILoggerProvider
    {
        public ConcurrentQueue<string> Written { get; } = new();

        public ILogger CreateLogger(string categoryName) => new Logger(this, categoryName);

        public void Dispose()
        {
            // Nothing is held.
        }

        private sealed class Logger(RecordedLines lines, string category) : ILogger
        {
            public IDisposable? BeginScope<TState>(TState state)
                where TState : notnull => null;

            public bool IsEnabled(LogLevel logLevel) => true;

            public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter)
            {
                if (formatter(state, exception) == "line")
                {
                    lines.Written.Enqueue(category);
                }
            }
        }
    }
}

public sealed class ContextTestsInSessions() : ContextTests(HostKind.Sessions);

public sealed class ContextTestsReplayed() : ContextTests(HostKind.Replay);

public sealed class ContextTestsOnTheJudge() : ContextTests(HostKind.Judge);
