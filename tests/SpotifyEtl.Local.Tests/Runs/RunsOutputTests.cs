using SpotifyEtl.Local.Runs;
using SpotifyEtl.Local.Terminal;
using SpotifyEtl.Runs;
using SpotifyEtl.Spotify;
using SpotifyEtl.Transform.Tables;
using SpotifyEtl.Triggers;

namespace SpotifyEtl.Local.Tests.Runs;

public sealed class RunsOutputTests
{
    private const string Hostile = "\u001b[2J\u202eevil שלום 真夜中の回転木馬 \u0007 with a name that is longer than a terminal is wide";

    private static readonly DateTimeOffset s_start = new(2026, 11, 22, 6, 0, 0, TimeSpan.Zero);

    [Fact]
    public void A_list_has_its_columns_below_each_other_within_eighty_also_when_an_id_is_long()
    {
        StringWriter output = new();
        RunsOutput.WriteList(To(output), [Run("manual-20261122T060000Z-1a2b"), Run("scheduled-20261122T060000Z")]);
        StringWriter wide = new();
        RunsOutput.WriteList(To(wide), [Run(new string('x', 60)), Run("short")]);

        Assert.All(Lines(output), line => Assert.InRange(line.Length, 1, 80));
        Assert.All(
            [output, wide], written => Assert.Single(Lines(written).Skip(1).Select(line => line.IndexOf("Succeeded", StringComparison.Ordinal)).Distinct()));
        Assert.Contains(new string('x', 60), wide.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public void On_a_terminal_lines_are_broken_between_words_and_in_a_pipe_they_are_whole()
    {
        StringWriter terminal = new();
        RunsOutput.Write(To(terminal, width: 80), Run("r") with { Result = Result() });
        StringWriter pipe = new();
        RunsOutput.Write(To(pipe), Run("r") with { Result = Result() });

        Assert.All(Lines(terminal), line => Assert.InRange(TerminalText.Width(line), 0, 80));
        Assert.Contains("Crawler c: " + string.Join(' ', Enumerable.Repeat("refused", 30)), pipe.ToString(), StringComparison.Ordinal);
        Assert.Equal(
            string.Join(' ', pipe.ToString().Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries)),
            string.Join(' ', terminal.ToString().Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries)));
    }

    [Fact]
    public void Names_cannot_move_the_cursor_or_turn_the_line()
    {
        StringWriter output = new();

        RunsOutput.Write(To(output), Run("r") with { Result = Result() });

        Assert.DoesNotContain(output.ToString(), character => (char.IsControl(character) && character is not ('\n' or '\r')) || character is '\u202e');
        Assert.Contains("␛[2J�evil שלום 真夜中の回転木馬 ␇ with a name", output.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public void A_list_fits_into_sixty_columns()
    {
        StringWriter output = new();
        RunsOutput.WriteList(To(output, width: 60), [Run("manual-20261122T060000Z-1a2b"), Run("scheduled-20261122T060000Z")]);

        Assert.All(Lines(output), line => Assert.InRange(line.Length, 1, 60));
        Assert.Contains("11-22 06:00", output.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public void What_a_live_run_has_met_stands_beneath_its_phase()
    {
        StringWriter output = new();
        RunsOutput.Write(To(output), Run("r") with
        {
            Status = RunStatus.Running,
            Progress = new RunProgress(RunPhase.Extract, 0, 1, 0),
            Notices = [new RunNotice(s_start, "GET playlists/a: Spotify answers 503. Try 2 of 6 in 1.0 s.")],
        });

        Assert.EndsWith(
            "phase    extract 0 of 1 lists\n06:00:00 UTC GET playlists/a: Spotify answers 503. Try 2 of 6 in 1.0 s.",
            string.Join('\n', Lines(output)),
            StringComparison.Ordinal);
    }

    private static Shell To(TextWriter output, int? width = null) => new()
    {
        Out = output,
        Error = TextWriter.Null,
        OpenOut = () => Stream.Null,
        Width = width,
        Folder = Path.GetTempPath(),
        Environment = new Dictionary<string, string>(StringComparer.Ordinal),
    };

    private static string[] Lines(StringWriter output) => output.ToString().ReplaceLineEndings("\n").TrimEnd('\n').Split('\n');

    private static RunSummary Run(string id) => new(id, RunStatus.Succeeded, s_start, s_start.AddSeconds(90));

    private static RunResult Result() => new()
    {
        RunId = "r",
        Status = RunStatus.Failed,
        StartedAt = s_start,
        EndedAt = s_start.AddSeconds(90),
        Playlists = [PlaylistResult.Loaded("4hRz0PqVt2mXk9wYc7LbNa", Hostile, "s", 3, "raw_data/to_process/a.json")],
        Files = FileCounts.None,
        Rows = RowCounts.None,
        Crawlers = [],
        Problems = ["Crawler c: " + string.Join(' ', Enumerable.Repeat("refused", 30))],
    };
}
