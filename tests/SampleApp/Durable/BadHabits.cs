using Microsoft.Azure.Functions.Worker;
using Microsoft.DurableTask;

namespace SampleApp.Durable;

/// <summary>What a host has to live with.</summary>
public static class BadHabits
{
    // What it is given and returns is not looked at while this is built.
    private static readonly string s_twice = nameof(Activities.Twice);
    private static readonly TaskCompletionSource s_elsewhere = new();

    /// <summary>Keeps its thread until it may go on.</summary>
    [Function(nameof(BlocksItsThread))]
    public static Task<string> BlocksItsThread([OrchestrationTrigger] TaskOrchestrationContext context)
    {
        var errand = context.GetInput<Errand>()!;
        errand.Begin();
        errand.Block();
        return Task.FromResult("unblocked");
    }

    /// <summary>Awaits what is not durable, before anything else.</summary>
    [Function(nameof(AwaitsElsewhere))]
    public static async Task<string> AwaitsElsewhere([OrchestrationTrigger] TaskOrchestrationContext context)
    {
        await s_elsewhere.Task;
        return context.InstanceId;
    }

    /// <summary>Awaits what is not durable, after something that is.</summary>
    [Function(nameof(AwaitsElsewhereLater))]
    public static async Task<string> AwaitsElsewhereLater([OrchestrationTrigger] TaskOrchestrationContext context)
    {
        await context.CallActivityAsync<string>(nameof(Activities.Part), 1);
        await context.GetInput<Errand>()!.UntilLetGoAsync(CancellationToken.None);
        return "done";
    }

    [Function(nameof(CallsOdd))]
    public static Task<object?> CallsOdd([OrchestrationTrigger] TaskOrchestrationContext context) =>
        context.CallActivityAsync<object?>(nameof(Odd), context.GetInput<string>());

    [Function(nameof(Odd))]
    public static object? Odd([ActivityTrigger] string oddity) => oddity switch
    {
        "throws what cannot tell its message" => throw new MuteException(),
        "throws five hundred levels deep" => throw Nested(500),
        "throws that it was cancelled" => throw new OperationCanceledException(),
        "throws a message of broken text" => throw new FormatException("\ud800 \0 \udfff"),
        "returns a cycle" => new Cycle(),
        "returns what throws when it is read" => new Unreadable(),
        "returns a delegate" => new { Call = (Action)(() => { }) },
        _ => null,
    };

    [Function(nameof(OddOrchestrator))]
    public static async Task<object?> OddOrchestrator([OrchestrationTrigger] TaskOrchestrationContext context)
    {
        switch (context.GetInput<string>())
        {
            case "throws what cannot tell its message":
                throw new MuteException();
            case "throws five hundred levels deep":
                throw Nested(500);
            case "returns a cycle":
                return new Cycle();
            case "shows a status that is a cycle":
                context.SetCustomStatus(new Cycle());
                return 1;
            case "shows a status that is too long":
                context.SetCustomStatus(new string('x', 20_000));
                return 1;
            case "gives an activity a cycle":
                return await context.CallActivityAsync<int>(s_twice, new Cycle());
            case "reads a result as what it is not":
                return await context.CallActivityAsync<Guid>(s_twice, 5);
            case "calls what is not there":
                return await context.CallActivityAsync<int>("NoSuchActivity", 5);
            default:
                return null;
        }
    }

    private static InvalidOperationException Nested(int levels)
    {
        InvalidOperationException exception = new("the innermost");
        for (var level = 1; level < levels; level++)
        {
            exception = new InvalidOperationException($"level {level}", exception);
        }

        return exception;
    }

    private sealed class MuteException : Exception
    {
        public override string Message => throw new InvalidOperationException("no message");
    }

    private sealed class Cycle
    {
        public Cycle Self => this;
    }

    private sealed class Unreadable
    {
        private readonly string _text = "unreadable";

        public int Value => throw new FormatException(_text);
    }
}
