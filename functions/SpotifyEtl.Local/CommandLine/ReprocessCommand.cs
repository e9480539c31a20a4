using System.CommandLine;
using System.Globalization;
using Microsoft.Extensions.DependencyInjection;
using SpotifyEtl.Local.Hosting;
using SpotifyEtl.Local.Runs;
using SpotifyEtl.Local.Terminal;
using SpotifyEtl.Runs;

namespace SpotifyEtl.Local.CommandLine;

/// <summary><c>reprocess</c>: transforms processed raw files again.</summary>
internal static class ReprocessCommand
{
    private const string Details = """
        It reads raw_data/processed: after an update that reads more, or with another Quality__MaxRejectedShare. Where the rules have not changed, no byte does. A file that is now refused goes to raw_data/rejected, and its tables go. --months builds the typed tables alone: of a lake that an earlier version loaded, or where a file of analytics_data is damaged.

        Examples:
          spotify-etl reprocess --dry-run
          spotify-etl reprocess --from 2026-11-01 --to 2026-11-30
          spotify-etl reprocess --months
        """;

    public static Command Create(GlobalOptions globals)
    {
        Option<string?> from = new("--from") { Description = "Only files extracted on this day (UTC) or later; their names tell.", HelpName = "DATE" };
        Option<string?> to = new("--to") { Description = "Only files extracted on this day (UTC) or earlier.", HelpName = "DATE" };
        Option<bool> months = new("--months")
        {
            Description = "Transform nothing: build the typed tables of the files' months anew, from the CSV that is there.",
        };
        Option<bool> dryRun = new("--dry-run") { Description = "Say which objects would be added, changed and removed, and write nothing." };
        Option<bool> json = new("--json") { Description = "Print one JSON object with the result, and nothing else." };
        Verb command = new("reprocess", "Transforms processed raw files again and replaces their tables.", Details)
        {
            from, to, months, dryRun, json,
        };
        command.WhenStopped = result => result.GetValue(dryRun)
            ? "Stopped. Nothing was written."
            : "Interrupted: the same command goes on where this one stopped.";
        command.SetAction((result, cancellationToken) =>
        {
            var range = Range(result.GetValue(from), result.GetValue(to)) with { Months = result.GetValue(months) };
            if (range.Months && result.GetValue(dryRun))
            {
                throw new UsageException("--dry-run says what a transform would change, and --months transforms nothing: give one of them.");
            }

            return result.GetValue(dryRun)
                ? PreviewAsync(globals.Read(result), range, result.GetValue(json), cancellationToken)
                : RunAsync(globals.Read(result), range, result.GetValue(json), cancellationToken);
        });
        return command;
    }

    private static async Task<int> PreviewAsync(GlobalArguments globals, ReprocessRange range, bool json, CancellationToken cancellationToken)
    {
        await using var lake = await LocalLake.OpenAsync(globals, asksTables: false);
        var preview = lake.Services.GetRequiredService<ReprocessPreview>();
        await PreviewOutput.WriteAsync(preview.ReadAsync(range, cancellationToken), globals.Shell.Out, json);
        return ExitCode.Succeeded;
    }

    private static async Task<int> RunAsync(GlobalArguments globals, ReprocessRange range, bool json, CancellationToken cancellationToken)
    {
        using var host = await LocalHost.ForRunAsync(globals, LakeUse.Look, RunViews.For(globals.Shell, json), cancellationToken);
        host.SayWhichLake();
        return await host.Services.GetRequiredService<RunSession>().RunAsync(
            json, loads: false, run => run.ReprocessAsync(range, cancellationToken), cancellationToken);
    }

    private static ReprocessRange Range(string? from, string? to)
    {
        try
        {
            return new ReprocessRange(Day("--from", from), Day("--to", to)).Check();
        }
        catch (FormatException exception)
        {
            throw new UsageException(exception.Message);
        }
    }

    private static DateOnly? Day(string option, string? text) =>
        text is null ? null
        : DateOnly.TryParseExact(text, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var day) ? day
        : throw new UsageException($"{option} {text}: a day is given as YYYY-MM-DD, such as 2026-11-30.");
}
