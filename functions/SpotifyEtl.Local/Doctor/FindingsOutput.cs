using System.Text.Json;
using SpotifyEtl.Local.Terminal;
using SpotifyEtl.Payloads;

namespace SpotifyEtl.Local.Doctor;

/// <summary>What <c>doctor</c> prints.</summary>
internal static class FindingsOutput
{
    private const int VerdictWidth = 9;
    private const int CheckWidth = 13;

    /// <summary>Writes a finding: its verdict, what was looked at, and the words, broken where the terminal ends.</summary>
    public static void Write(TextWriter output, Finding finding, int? width)
    {
        var indent = new string(' ', VerdictWidth + CheckWidth);
        var lead = finding.Verdict.ToString().ToLowerInvariant().PadRight(VerdictWidth) + finding.Check.PadRight(CheckWidth);
        foreach (var text in new[] { finding.Message, finding.Fix is { } fix ? "Fix: " + fix : null }.OfType<string>())
        {
            foreach (var line in Paragraph.Lines(TerminalText.Clean(text), width - indent.Length))
            {
                output.WriteLine(lead + line);
                lead = indent;
            }
        }
    }

    /// <summary>Writes how many findings there were of each kind.</summary>
    public static void WriteSum(TextWriter output, IReadOnlyList<Finding> findings)
    {
        var (warnings, failed) = (findings.Count(finding => finding.Verdict is Verdict.Warning), findings.Count(finding => finding.Verdict is Verdict.Failed));
        output.WriteLine();
        output.WriteLine($"{findings.Count - warnings - failed} ok, {warnings} {(warnings == 1 ? "warning" : "warnings")}, {failed} failed.");
    }

    /// <summary>Writes one JSON object.</summary>
    public static void WriteJson(TextWriter output, IReadOnlyList<Finding> findings) =>
        output.WriteLine(JsonSerializer.Serialize(new FindingsJson(findings.Max(finding => finding.Verdict), findings), PayloadJson.Options));

    private sealed record FindingsJson(Verdict Verdict, IReadOnlyList<Finding> Findings);
}
