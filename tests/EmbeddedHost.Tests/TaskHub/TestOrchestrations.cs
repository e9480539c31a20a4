using DurableTask.Core;

namespace EmbeddedHost.Tests.TaskHub;

/// <summary>Orchestrations of Core's own kind, so that a hub has something to run without a worker.</summary>
internal static class TestOrchestrations
{
    public static ObjectCreator<TaskOrchestration>[] All { get; } =
    [
        Named("Echo", typeof(Echo)), Named("Fail", typeof(Fail)), Named("Wait", typeof(Wait)), Named("Parent", typeof(Parent)), Named("Long", typeof(Long)),
    ];

    private static NameValueObjectCreator<TaskOrchestration> Named(string name, Type type) => new(name, "", type);

    internal abstract class Plain : TaskOrchestration
    {
        public override string? GetStatus() => "\"busy\"";

        public override void RaiseEvent(OrchestrationContext context, string name, string input)
        {
        }
    }

    internal sealed class Echo : Plain
    {
        public override Task<string> Execute(OrchestrationContext context, string input) => Task.FromResult(input);
    }

    internal sealed class Fail : Plain
    {
        public override Task<string> Execute(OrchestrationContext context, string input) =>
            Task.FromException<string>(new InvalidOperationException("no luck"));
    }

    /// <summary>Ends with the payload of the first event.</summary>
    internal sealed class Wait : Plain
    {
        private readonly TaskCompletionSource<string> _event = new();

        public override Task<string> Execute(OrchestrationContext context, string input) => _event.Task;

        public override void RaiseEvent(OrchestrationContext context, string name, string input) => _event.TrySetResult(input);
    }

    /// <summary>Sends events of 700,000 characters each, as many as its input says, and ends with the first that it gets.</summary>
    internal sealed class Long : Plain
    {
        private readonly TaskCompletionSource<string> _event = new();

        public override Task<string> Execute(OrchestrationContext context, string input)
        {
            for (var n = 0; n < int.Parse(input, System.Globalization.CultureInfo.InvariantCulture); n++)
            {
                context.SendEvent(new OrchestrationInstance { InstanceId = "nobody" }, $"E{n}", new string('x', 700_000));
            }

            return _event.Task;
        }

        public override void RaiseEvent(OrchestrationContext context, string name, string input) => _event.TrySetResult(input);
    }

    /// <summary>Waits for a child, which is called after it.</summary>
    internal sealed class Parent : Plain
    {
        public override Task<string> Execute(OrchestrationContext context, string input) =>
            context.CreateSubOrchestrationInstance<string>("Wait", "", context.OrchestrationInstance.InstanceId + ":child", input);
    }
}
