using DurableTask.Core;
using Newtonsoft.Json.Linq;

namespace DurableTask.Sqlite.Tests;

/// <summary>An activity written in the test itself.</summary>
internal sealed class InlineActivity(Func<TaskContext, JToken?, Task<object?>> code) : AsyncTaskActivity<JToken?, object?>
{
    protected override Task<object?> ExecuteAsync(TaskContext context, JToken? input) => code(context, input);
}
