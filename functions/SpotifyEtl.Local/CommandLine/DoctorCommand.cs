using System.CommandLine;
using SpotifyEtl.Local.Doctor;
using SpotifyEtl.Local.Hosting;
using SpotifyEtl.Local.Terminal;

namespace SpotifyEtl.Local.CommandLine;

/// <summary><c>doctor</c>: looks whether runs can work.</summary>
internal static class DoctorCommand
{
    private const string Details = """
        It looks at settings, credentials (by signing in at Spotify), lake (an object is written, read and deleted), crawlers, Athena's work group,
        state folder, disk space and schedule. No secret is shown. What is well takes a line a group; --all tells each finding.

        Ends with 0 when nothing failed, 1 when something did, 2 when a setting is not allowed. Warnings are no failures.

        Examples:
          spotify-etl doctor
          spotify-etl doctor --lake s3://spotify-etl-project-demo
          spotify-etl doctor --json
        """;

    public static Command Create(GlobalOptions globals)
    {
        Option<bool> json = new("--json") { Description = "Print one JSON object with the findings, and nothing else." };
        Option<bool> all = new("--all") { Description = "Tell each finding, also of what is well." };
        Verb command = new("doctor", "Looks at everything that runs need and says what to fix.", Details) { all, json };
        command.SetAction((result, cancellationToken) => ExamineAsync(globals.Read(result), result.GetValue(all), result.GetValue(json), cancellationToken));
        return command;
    }

    private static async Task<int> ExamineAsync(GlobalArguments globals, bool all, bool json, CancellationToken cancellationToken)
    {
        List<Finding> findings = [];
        List<Finding> group = [];
        await foreach (var finding in Examination.RunAsync(() => LocalHost.ForDoctor(globals), cancellationToken))
        {
            findings.Add(finding);
            if (group is [{ Group: var before }, ..] && before != finding.Group)
            {
                Write();
            }

            group.Add(finding);
        }

        Write();

        if (json)
        {
            FindingsOutput.WriteJson(globals.Shell.Out, findings);
        }
        else
        {
            FindingsOutput.WriteSum(globals.Shell, findings);
        }

        var failed = findings.Where(finding => finding.Verdict is Verdict.Failed).ToList();
        return failed.Count == 0 ? ExitCode.Succeeded
            : failed.Exists(finding => finding.Check is SettingsCheck.Name or ScheduleCheck.Name) ? ExitCode.Usage
            : ExitCode.Failed;

        void Write()
        {
            if (!json && group.Count > 0)
            {
                FindingsOutput.Write(globals.Shell, group, all);
            }

            group.Clear();
        }
    }
}
