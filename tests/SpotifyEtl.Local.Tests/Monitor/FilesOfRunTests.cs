using System.Globalization;
using SpotifyEtl.Local.Tests.CommandLine;

namespace SpotifyEtl.Local.Tests.Monitor;

/// <summary>The table of a run's files, over HTTP.</summary>
public sealed class FilesOfRunTests
{
    [Fact]
    public async Task A_run_shows_its_files_those_with_trouble_first_page_by_page_and_in_the_order_asked_for()
    {
        using SpotifyEtlProgram program = new();
        for (var number = 1; number <= 60; number++)
        {
            program.Write(string.Create(CultureInfo.InvariantCulture, $"raw/list-{number:00}.json"), $$"""{"items":[{{Items(number)}}]}""");
        }

        program.Write("raw/zz-broken.json", "no JSON");
        await program.RunAsync("run", "--raw", "raw");
        await using var server = await program.ServeAsync();
        using MonitorClient browser = new(server);
        var list = await browser.ReadAsync("/");
        var run = "/runs/" + list.Split("href=\"/runs/")[1].Split('"')[0];

        var trouble = await browser.ReadAsync(run);
        var most = await browser.ReadAsync(run + "?files=rows");
        var fewest = await browser.ReadAsync(run + "?files=rows&order=ascending&page=2");

        Assert.Contains(">raw<", list, StringComparison.Ordinal);
        Assert.Equal(["zz-broken.json", "list-40.json", "list-01.json"], FilesIn(trouble).Take(3));
        Assert.Equal(50, FilesIn(trouble).Count());
        Assert.Contains("61 files, page 1 of 2", trouble, StringComparison.Ordinal);
        Assert.Contains("href=\"/rejected?file=zz-broken.json\"", trouble, StringComparison.Ordinal);
        Assert.Contains("1 local_track", trouble, StringComparison.Ordinal);
        Assert.Contains("files 1–50", trouble, StringComparison.Ordinal);
        Assert.Contains("files 51–61", trouble, StringComparison.Ordinal);
        Assert.Equal(["list-60.json", "list-59.json"], FilesIn(most).Take(2));
        Assert.Equal(["list-50.json", "list-60.json"], [FilesIn(fewest).First(), FilesIn(fewest).Last()]);
        Assert.Contains("not_json", await browser.ReadAsync("/rejected?file=zz-broken.json"), StringComparison.Ordinal);
    }

    private static string Items(int count) => string.Join(
        ',',
        Enumerable.Range(0, count).Select(row => (Row: row, IsLocal: count == 40 && row == 0 ? "true" : "false")).Select(item =>
            $$$"""{"added_at":"2026-01-01T00:00:00Z","is_local":{{{item.IsLocal}}},"track":{"id":"t{{{item.Row}}}","name":"n","album":{"id":"a"} } }"""));

    private static IEnumerable<string> FilesIn(string page) => page.Split("class=\"name\" title=\"").Skip(1).Select(text => text.Split('"')[0]);
}
