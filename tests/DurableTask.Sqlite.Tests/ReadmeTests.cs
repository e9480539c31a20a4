using DurableTask.Core;

namespace DurableTask.Sqlite.Tests;

/// <summary>The README's lines are these, and they work.</summary>
public sealed class ReadmeTests
{
    [Fact]
    public async Task The_lines_of_the_README_run()
    {
        using TemporaryFolder folder = new();
        using StringWriter output = new();

        await ShowAsync(folder.Database, output);

        Assert.Equal("\"Hello, world!\"", output.ToString().Trim());
    }

    [Fact]
    public void The_lines_of_the_README_are_those_that_are_tested()
    {
        var readme = Lines(File.ReadAllLines(Path.Combine(AppContext.BaseDirectory, "README.md")), "```csharp", "```");
        var tested = Lines(File.ReadAllLines(Path.Combine(AppContext.BaseDirectory, "ReadmeTests.cs")), "// README", "// end");

        Assert.Equal(
            readme,
            tested.Select(line => line
                .Replace("Options(path)", "Options(\"state/tasks.db\")", StringComparison.Ordinal)
                .Replace("await output.WriteLineAsync", "Console.WriteLine", StringComparison.Ordinal)));
    }

    private static async Task ShowAsync(string path, TextWriter output)
    {
        // README
        await using SqliteOrchestrationService service = new(new SqliteOrchestrationServiceOptions(path));
        TaskHubWorker worker = new(service);
        worker.AddTaskOrchestrations(typeof(GreetOrchestration)).AddTaskActivities(typeof(GreetActivity));
        await worker.StartAsync();

        TaskHubClient client = new(service);
        var instance = await client.CreateOrchestrationInstanceAsync(typeof(GreetOrchestration), "world");
        var end = await client.WaitForOrchestrationAsync(instance, TimeSpan.FromMinutes(1));
        await output.WriteLineAsync(end.Output);
        await worker.StopAsync();
        // end
    }

    private static List<string> Lines(string[] text, string first, string last) =>
        [.. text.SkipWhile(line => line.Trim() != first).Skip(1).TakeWhile(line => line.Trim() != last).Select(line => line.Trim())];

    private sealed class GreetOrchestration : TaskOrchestration<string, string>
    {
        public override Task<string> RunTask(OrchestrationContext context, string input) => context.ScheduleTask<string>(typeof(GreetActivity), input);
    }

    private sealed class GreetActivity : TaskActivity<string, string>
    {
        protected override string Execute(TaskContext context, string input) => $"Hello, {input}!";
    }
}
