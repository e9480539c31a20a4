using EmbeddedHost.Engine.History;
using EmbeddedHost.Tests.Engine;
using EmbeddedHost.Tests.Http;
using Microsoft.DurableTask;
using Microsoft.DurableTask.Client;
using Microsoft.Extensions.Logging;

namespace EmbeddedHost.Tests.Guard;

/// <summary>Whatever activities and orchestrators throw or return, their own task or instance fails with details and the host goes on.</summary>
public sealed class OddResultTests
{
    private static readonly Dictionary<string, (Func<object?> Activity, string ErrorType)> s_activities = new(StringComparer.Ordinal)
    {
        ["throws what cannot tell its message"] = (() => throw new MuteException(), typeof(MuteException).FullName!),
        ["throws what has no message"] = (() => throw new WordlessException(), typeof(WordlessException).FullName!),
        ["throws several at once"] = (() => throw new AggregateException(new FormatException("a"), new IOException("b")), "System.AggregateException"),
        ["throws fifty levels deep"] = (() => throw Nested(50), "System.InvalidOperationException"),
        ["throws five hundred levels deep"] = (() => throw Nested(500), "System.InvalidOperationException"),
        ["needs more memory than there is"] = (() => new byte[int.MaxValue].Length, "System.OutOfMemoryException"),
        ["throws that it was cancelled"] = (() => throw new OperationCanceledException(), "System.OperationCanceledException"),
        ["throws a message of broken text"] = (() => throw new FormatException("\ud800 \0 \udfff"), "System.FormatException"),
        ["throws a task's failure of its own"] = (() => throw new TaskFailedException("x", 1, (TaskFailureDetails)null!), "Microsoft.DurableTask.TaskFailedException"),
        ["returns a cycle"] = (() => new Cycle(), "System.Text.Json.JsonException"),
        ["returns what throws when it is read"] = (() => new Unreadable(), "System.FormatException"),
        ["returns a pointer"] = (() => new { Pointer = (IntPtr)5 }, "System.NotSupportedException"),
        ["returns a delegate"] = (() => new { Call = (Action)(() => { }) }, "System.NotSupportedException"),
        ["returns a type"] = (() => typeof(string), "System.NotSupportedException"),
        ["returns what is deeper than JSON goes"] = (() => Deep(500), "System.Text.Json.JsonException"),
    };

    private static readonly Dictionary<string, (Func<TaskOrchestrationContext, Task<object?>> Code, string ErrorType)> s_orchestrators = new(StringComparer.Ordinal)
    {
        ["throws what cannot tell its message"] = (_ => throw new MuteException(), typeof(MuteException).FullName!),
        ["throws five hundred levels deep"] = (_ => throw Nested(500), "System.InvalidOperationException"),
        ["returns no task"] = (_ => NoTask(), "System.NullReferenceException"),
        ["returns a cycle"] = (_ => Task.FromResult<object?>(new Cycle()), "System.Text.Json.JsonException"),
        ["returns what throws when it is read"] = (_ => Task.FromResult<object?>(new Unreadable()), "System.FormatException"),
        ["returns a delegate"] = (_ => Task.FromResult<object?>((Action)(() => { })), "System.NotSupportedException"),
        ["shows a status that is a cycle"] = (
            context =>
            {
                context.SetCustomStatus(new Cycle());
                return Task.FromResult<object?>(1);
            },
            "System.Text.Json.JsonException"),
        ["shows a status that throws when it is read"] = (
            context =>
            {
                context.SetCustomStatus(new Unreadable());
                return Task.FromResult<object?>(1);
            },
            "System.FormatException"),
        ["sends an event that is a cycle"] = (
            context =>
            {
                context.SendEvent("other", "Note", new Cycle());
                return Task.FromResult<object?>(1);
            },
            "System.Text.Json.JsonException"),
        ["gives an activity a cycle"] = (async context => await context.CallActivityAsync<int>("Same", new Cycle()), "System.Text.Json.JsonException"),
        ["gives a sub-orchestration a cycle"] = (async context => await context.CallSubOrchestratorAsync<int>("Good", new Cycle()), "System.Text.Json.JsonException"),
        ["begins anew with a cycle"] = (
            context =>
            {
                context.ContinueAsNew(new Cycle());
                return Task.FromResult<object?>(1);
            },
            "System.Text.Json.JsonException"),
        ["begins anew with what throws when it is read"] = (
            context =>
            {
                context.ContinueAsNew(new Unreadable());
                return Task.FromResult<object?>(1);
            },
            "System.FormatException"),
        ["reads its input as what it is not"] = (context => Task.FromResult<object?>(context.GetInput<int[]>()), "System.Text.Json.JsonException"),
        ["reads a result as what it is not"] = (async context => await context.CallActivityAsync<Guid>("Same", 5), "System.Text.Json.JsonException"),
    };

    public static TheoryData<string> Activities => [.. s_activities.Keys];

    public static TheoryData<string> Orchestrators => [.. s_orchestrators.Keys];

    [Theory]
    [MemberData(nameof(Activities))]
    public async Task An_odd_activity_is_a_failed_task_with_details_and_the_others_go_on(string oddity)
    {
        using RecordedLog log = new();
        await using var harness = Create(log)
            .Activity<int, object?>("Odd", _ => s_activities[oddity].Activity())
            .Orchestrator("Calls", context => context.CallActivityAsync<int>("Odd", 1))
            .Start();

        // As many as there are workers, and one more: none is lost to it.
        var ends = await Task.WhenAll(Enumerable.Range(0, EngineHarness.ConcurrentActivities + 1).Select(_ => harness.RunAsync("Calls")));
        var good = await harness.RunAsync("Good", 3);

        Assert.All(ends, end =>
        {
            Assert.Equal(OrchestrationRuntimeStatus.Failed, end.RuntimeStatus);
            Assert.Equal("Microsoft.DurableTask.TaskFailedException", end.FailureDetails?.ErrorType);
            Assert.Equal(s_activities[oddity].ErrorType, end.FailureDetails?.InnerFailure?.ErrorType);
        });
        Assert.Equal(3, good.ReadOutputAs<int>());
        Assert.Equal(ends.Length, log.Lines.Count(line => line.StartsWith("Warning Activity Odd of ", StringComparison.Ordinal)));
    }

    [Theory]
    [MemberData(nameof(Orchestrators))]
    public async Task An_odd_orchestrator_fails_with_details_and_the_others_go_on(string oddity)
    {
        using RecordedLog log = new();
        var runs = 0;
        await using var harness = Create(log)
            .Orchestrator("Odd", context =>
            {
                Interlocked.Increment(ref runs);
                return s_orchestrators[oddity].Code(context);
            })
            .Start();

        var ends = await Task.WhenAll(Enumerable.Range(0, EngineHarness.ConcurrentOrchestrators + 1).Select(_ => harness.RunAsync("Odd", "text")));
        var good = await harness.RunAsync("Good", 3);

        Assert.All(ends, end => Assert.Equal((OrchestrationRuntimeStatus.Failed, s_orchestrators[oddity].ErrorType), (end.RuntimeStatus, end.FailureDetails?.ErrorType)));
        Assert.Equal(3, good.ReadOutputAs<int>());
        Assert.Equal(ends.Length, runs);
    }

    [Fact]
    public async Task Of_deep_failures_the_outermost_levels_and_the_root_are_kept_across_orchestrations()
    {
        using RecordedLog log = new();
        await using var harness = Create(log)
            .Activity<int, int>("Odd", int (_) => throw Nested(50))
            .Orchestrator("Level3", context => context.CallActivityAsync<int>("Odd", 1))
            .Orchestrator("Level2", context => context.CallSubOrchestratorAsync<int>("Level3"))
            .Orchestrator("Level1", context => context.CallSubOrchestratorAsync<int>("Level2"))
            .Start();

        var end = await harness.RunAsync("Level1");

        List<string> messages = [];
        for (var details = end.FailureDetails; details is not null; details = details.InnerFailure)
        {
            messages.Add(details.ErrorMessage);
        }

        Assert.Equal(32, messages.Count);
        Assert.Contains("level 50", messages, StringComparer.Ordinal);
        Assert.Equal("level 1", messages[^1]);
    }

    [Fact]
    public async Task An_activity_may_return_megabytes()
    {
        using RecordedLog log = new();
        await using var harness = Create(log)
            .Activity<int, string>("Large", length => new string('x', length))
            .Orchestrator("Calls", async context => (await context.CallActivityAsync<string>("Large", 8_000_000)).Length)
            .Start();

        Assert.Equal(8_000_000, (await harness.RunAsync("Calls")).ReadOutputAs<int>());
    }

    [Fact]
    public async Task A_log_that_throws_stops_nothing()
    {
        using ThrowingLog log = new();
        await using var harness = new EngineHarness { Log = log }
            .Activity<int, int>("Fails", int (_) => throw new FormatException("no"))
            .Orchestrator("Calls", context => context.CallActivityAsync<int>("Fails", 1))
            .Start();

        var ends = await Task.WhenAll(Enumerable.Range(0, 20).Select(_ => harness.RunAsync("Calls")));

        Assert.All(ends, end => Assert.Equal("System.FormatException", end.FailureDetails?.InnerFailure?.ErrorType));
        Assert.True(log.Throws > 0);
    }

    private static EngineHarness Create(RecordedLog log) => new EngineHarness { Log = LoggerFactory.Create(logging => logging.AddProvider(log)) }
        .Activity<int, int>("Same", number => number)
        .Orchestrator("Good", context => context.CallActivityAsync<int>("Same", context.GetInput<int>()));

    private static InvalidOperationException Nested(int levels)
    {
        InvalidOperationException nested = new("level 1");
        for (var level = 2; level <= levels; level++)
        {
            nested = new InvalidOperationException($"level {level}", nested);
        }

        return nested;
    }

    private static Task<object?> NoTask()
    {
        Task<object?>? none = null;
        return none!;
    }

    private static object[] Deep(int levels)
    {
        object[] deep = [];
        for (var level = 0; level < levels; level++)
        {
            deep = [deep];
        }

        return deep;
    }

    private sealed class MuteException : Exception
    {
        public override string Message => throw new InvalidOperationException("not even this");
    }

    private sealed class WordlessException : Exception
    {
        public override string Message => null!;
    }

    private sealed class Cycle
    {
        public Cycle Self => this;
    }

    private sealed class Unreadable
    {
        public string? Name { get; init; }

        public string Text => throw new FormatException("cannot be read" + Name);
    }

    private sealed class ThrowingLog : ILoggerFactory, ILogger
    {
        private int _throws;

        public int Throws => _throws;

        public ILogger CreateLogger(string categoryName) => this;

        public void AddProvider(ILoggerProvider provider)
        {
        }

        public IDisposable? BeginScope<TState>(TState state)
            where TState : notnull => null;

        public bool IsEnabled(LogLevel logLevel) => true;

        public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter)
        {
            Interlocked.Increment(ref _throws);
            throw new IOException("the log is full");
        }

        public void Dispose()
        {
        }
    }
}
