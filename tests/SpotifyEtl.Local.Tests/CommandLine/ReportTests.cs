namespace SpotifyEtl.Local.Tests.CommandLine;

public sealed class ReportTests
{
    [Fact]
    public async Task Each_run_leaves_a_report_and_report_writes_it_where_it_is_told()
    {
        using SpotifyEtlProgram program = new();

        var run = await program.RunAsync("run");
        var none = await program.RunAsync("report", "--out", "a/charts.html");
        var isMade = Directory.Exists(program.PathOf("a"));
        Directory.CreateDirectory(program.PathOf("a"));
        var report = await program.RunAsync("report", "--out", "a/charts.html");

        Assert.EndsWith("The report is in .spotify-etl/demo/reports/latest.html\n", run.Output, StringComparison.Ordinal);
        Assert.Equal((2, ""), (none.ExitCode, none.Output));
        Assert.Contains($"there is no folder {program.PathOf("a")}", none.Errors, StringComparison.Ordinal);
        Assert.False(isMade);
        Assert.Equal((0, "The report is in a/charts.html\n"), (report.ExitCode, report.Output));
        var pages = await Task.WhenAll(
            File.ReadAllTextAsync(program.PathOf(".spotify-etl/demo/reports/latest.html"), TestContext.Current.CancellationToken),
            File.ReadAllTextAsync(program.PathOf("a/charts.html"), TestContext.Current.CancellationToken));
        Assert.All(pages, page => Assert.Contains("Harbour, Then Rain", page, StringComparison.Ordinal));
        Assert.All(pages, page => Assert.Contains("Lighthouse Radio: the sixty", page, StringComparison.Ordinal));
        Assert.Equal(["latest.html"], Directory.GetFiles(program.PathOf(".spotify-etl/demo/reports")).Select(Path.GetFileName));
    }

    [Fact]
    public async Task A_report_that_cannot_be_written_is_a_warning_and_not_the_runs_failure()
    {
        using SpotifyEtlProgram program = new();
        program.Write(".spotify-etl/demo/reports", "a file in the way");

        var run = await program.RunAsync("run", "--json");

        Assert.Equal(0, run.ExitCode);
        Assert.Contains($"The report {program.PathOf(".spotify-etl/demo/reports/latest.html")} of run manual-", run.Errors, StringComparison.Ordinal);
        Assert.Contains("was not written", run.Errors, StringComparison.Ordinal);
        Assert.DoesNotContain("   at ", run.Errors, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_server_writes_the_report_of_its_runs()
    {
        using SpotifyEtlProgram program = new();
        await using var server = await program.ServeAsync();
        using FileSystemWatcher watcher = new(Directory.CreateDirectory(program.PathOf(".spotify-etl/demo/reports")).FullName, "latest.html");
        TaskCompletionSource written = new(TaskCreationOptions.RunContinuationsAsynchronously);
        watcher.Renamed += (_, _) => written.TrySetResult();
        watcher.EnableRaisingEvents = true;

        using var answer = await server.Http.PostAsync(new Uri("api/runs", UriKind.Relative), null, TestContext.Current.CancellationToken);
        await written.Task.WaitAsync(TestContext.Current.CancellationToken);

        var page = await File.ReadAllTextAsync(program.PathOf(".spotify-etl/demo/reports/latest.html"), TestContext.Current.CancellationToken);
        Assert.Contains("Harbour, Then Rain", page, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_report_of_a_lake_that_holds_nothing_says_so()
    {
        using SpotifyEtlProgram program = new();

        var report = await program.RunAsync("report", "--out", "empty.html");

        Assert.Equal(0, report.ExitCode);
        Assert.Contains(
            "There is nothing to show yet",
            await File.ReadAllTextAsync(program.PathOf("empty.html"), TestContext.Current.CancellationToken),
            StringComparison.Ordinal);
        Assert.False(Directory.Exists(program.Lake));
    }

    [Fact]
    public async Task A_report_that_has_no_place_ends_with_2()
    {
        using SpotifyEtlProgram program = new();
        program.Write("file", "");

        Assert.Equal(2, (await program.RunAsync("report", "--out", ".")).ExitCode);
        var beneath = await program.RunAsync("report", "--out", "file/report.html");

        Assert.Equal(2, beneath.ExitCode);
        Assert.Contains("cannot be written", beneath.Errors, StringComparison.Ordinal);
    }
}
