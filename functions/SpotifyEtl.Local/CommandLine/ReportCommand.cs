using System.CommandLine;
using Microsoft.Extensions.DependencyInjection;
using SpotifyEtl.Catalog;
using SpotifyEtl.Local.Formats;
using SpotifyEtl.Local.Hosting;
using SpotifyEtl.Local.Report;
using SpotifyEtl.Local.Terminal;

namespace SpotifyEtl.Local.CommandLine;

/// <summary><c>report</c>: a page with charts of what the lake holds.</summary>
internal static class ReportCommand
{
    private const string Details = """
        One HTML file that needs no network and no script: the last runs and how far the data can be relied on, top songs and artists, chart moves, playlist
        growth, listening, release years. The images of albums are asked of Spotify only if its reader says so. On a folder lake each run
        writes it by itself, to reports/latest.html in the state folder, while the lake holds no more than 300 raw files and 250,000 rows (with serve: 2,500
        and 3,000,000): beyond that it takes longer than most runs. On S3 it is written only when asked for, as the queries cost money; what they cost is told.

        Examples:
          spotify-etl report
          spotify-etl report --out charts.html
          spotify-etl report --lake s3://spotify-etl-project-demo --out charts.html
        """;

    public static Command Create(GlobalOptions globals)
    {
        Option<string?> outFile = new("--out") { Description = "The file to write. Default: reports/latest.html in the state folder.", HelpName = "FILE" };
        Verb command = new("report", "Writes a page with charts and tables of what the lake holds.", Details) { outFile };
        command.WhenStopped = _ => "Stopped. No report was written.";
        command.StopPatience = Verb.Promptly;
        command.SetAction((result, cancellationToken) => WriteAsync(globals.Read(result), result.GetValue(outFile), cancellationToken));
        return command;
    }

    private static async Task<int> WriteAsync(GlobalArguments globals, string? outFile, CancellationToken cancellationToken)
    {
        var shell = globals.Shell;
        var given = outFile is null ? null : OutFile.Given(shell, outFile, "report", "report.html");
        await using var lake = await LocalLake.OpenAsync(globals, asksTables: true);
        var path = given ?? ReportFile.LatestIn(lake.StateFolder);
        var contents = await lake.Services.GetRequiredService<ReportReader>().ReadAsync(run: null, cancellationToken);
        try
        {
            await ReportFile.WriteAsync(path, contents, cancellationToken);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw new UsageException($"The report {path} cannot be written: {exception.Message} Name another file with --out.");
        }

        shell.Out.WriteLine($"The report is in {shell.Shown(path)}");
        foreach (var refused in contents.Answers?.All.Where(answer => answer.Refusal is not null) ?? [])
        {
            await shell.Error.WriteLineAsync($"It lacks {refused.Query.Name}: {refused.Refusal}");
        }

        if (contents.ScannedBytes is { } scanned)
        {
            await shell.Error.WriteLineAsync(new QueryCost(scanned).ToString());
        }

        return ExitCode.Succeeded;
    }
}
