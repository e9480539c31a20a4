using DurableTask.Core;
using Newtonsoft.Json;

namespace DurableTask.Sqlite.Tests;

/// <summary>An orchestration written in the test itself.</summary>
internal sealed class InlineOrchestration(Func<InlineContext, string, Task<object?>> code) : TaskOrchestration
{
    private readonly InlineContext _context = new();

    public override async Task<string> Execute(OrchestrationContext context, string input)
    {
        _context.Core = context;
        return JsonConvert.SerializeObject(await code(_context, input));
    }

    public override void RaiseEvent(OrchestrationContext context, string name, string input) => _context.Receive(name, input);

    public override string GetStatus() => _context.Status!;
}
