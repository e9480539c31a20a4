using System.Text.Json;
using SpotifyEtl.Local.Terminal;
using SpotifyEtl.Payloads;

namespace SpotifyEtl.Local.Doctor;

/// <summary>What <c>doctor</c> prints.</summary>
internal static class FindingsOutput
{
    private const int VerdictWidth = 9;
    private const int CheckWidth = 15;

    /// <summary>Writes a group: in one line when all is well, else what is not, one after the other.</summary>
    /// <param name="shell">Where to.</param>
    /// <param name="group">The findings of one group.</param>
    /// <param name="all">Whether each finding is written, also the good ones.</param>
    public static void Write(Shell shell, IReadOnlyList<Finding> group, bool all)
    {
        var shown = group.Where(finding => all || finding.Verdict is not Verdict.Ok).ToList();
        if (shown.Count > 0)
        {
            shown.ForEach(finding => Write(shell, finding.Verdict, finding.Check, finding.Message, finding.Fix));
        }
        else
        {
            var checks = group.Select(finding => finding.Check).Distinct(StringComparer.Ordinal);
            Write(shell, Verdict.Ok, group[0].Group, group is [var one] ? one.Message : string.Join(", ", checks), fix: null);
        }
    }

    /// <summary>Writes how many findings there were of each kind.</summary>
    public static void WriteSum(Shell shell, IReadOnlyList<Finding> findings)
    {
        var (warnings, failed) = (findings.Count(finding => finding.Verdict is Verdict.Warning), findings.Count(finding => finding.Verdict is Verdict.Failed));
        shell.Out.WriteLine();
        shell.Out.WriteLine($"{findings.Count - warnings - failed} ok, {warnings} {(warnings == 1 ? "warning" : "warnings")}, {failed} failed.");
    }

    /// <summary>Writes one JSON object.</summary>
    public static void WriteJson(TextWriter output, IReadOnlyList<Finding> findings) =>
        output.WriteLine(JsonSerializer.Serialize(new FindingsJson(findings.Max(finding => finding.Verdict), findings), PayloadJson.Options));

    // The words are broken where the terminal ends.
    private static void Write(Shell shell, Verdict verdict, string name, string message, string? fix)
    {
        string[] texts = fix is null ? [message] : [message, "Fix: " + fix];
        var indent = new string(' ', VerdictWidth + CheckWidth);
        var lead = shell.Paint(verdict.ToString().ToLowerInvariant().PadRight(VerdictWidth), ShadeOf(verdict)) + name.PadRight(CheckWidth);
        foreach (var line in texts.SelectMany(text => Paragraph.Lines(TerminalText.Clean(shell.Typed(text)), shell.Width - indent.Length)))
        {
            shell.Out.WriteLine(lead + line);
            lead = indent;
        }
    }

    private static Shade ShadeOf(Verdict verdict) => verdict switch
    {
        Verdict.Ok => Shade.Good,
        Verdict.Warning => Shade.Caution,
        _ => Shade.Bad,
    };

    private sealed record FindingsJson(Verdict Verdict, IReadOnlyList<Finding> Findings);
}
