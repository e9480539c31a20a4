using System.Diagnostics;

namespace SpotifyEtl.Local.Tests.CommandLine;

public sealed class CompletionTests
{
    [Theory]
    [InlineData("spotify-etl re", "report reprocess")]
    [InlineData("spotify-etl query --name top", "top_artists top_artists_played top_songs top_songs_played top_songs_with_images")]
    [InlineData("spotify-etl query --format ", "csv json markdown parquet table vertical")]
    [InlineData("spotify-etl runs list --status C", "Cancelled")]
    [InlineData("spotify-etl completion ", "bash fish pwsh zsh")]
    [InlineData("spotify-etl runs show manual-", "")]
    public async Task The_program_completes_verbs_and_values(string line, string expected)
    {
        using SpotifyEtlProgram program = new();

        Assert.Equal(expected, await SuggestAsync(program, line));
        Assert.Empty(Directory.EnumerateFileSystemEntries(program.Folder));
    }

    [Fact]
    public async Task The_ids_of_runs_come_from_the_state_folder_that_the_line_names_while_a_server_holds_it_too()
    {
        using SpotifyEtlProgram program = new();
        await program.RunAsync("run", "--state", "other");
        var run = System.Text.Json.Nodes.JsonNode.Parse((await program.RunAsync("runs", "list", "--json", "--state", "other")).Output)![0]!["runId"]!
            .ToString();

        Assert.Equal(run, await SuggestAsync(program, "spotify-etl runs show --state other manual-"));
        await using var server = await program.ServeAsync("--state", "other");
        Assert.Equal(run, await SuggestAsync(program, "spotify-etl runs rerun --state other manual-"));
    }

    [Theory]
    [InlineData("bash", "complete -o default -F _spotify_etl spotify-etl\n")]
    [InlineData("zsh", "#compdef spotify-etl\n")]
    [InlineData("fish", "complete -c spotify-etl -f -a '(__spotify_etl_complete)'\n")]
    [InlineData("pwsh", "Register-ArgumentCompleter -Native -CommandName spotify-etl")]
    public async Task There_is_a_script_for_each_shell(string shell, string expected)
    {
        using SpotifyEtlProgram program = new();

        var ended = await program.RunAsync("completion", shell);

        Assert.Equal((0, ""), (ended.ExitCode, ended.Errors));
        Assert.Contains(expected, ended.Output, StringComparison.Ordinal);
        Assert.Contains("[suggest:", ended.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Bash_completes_with_the_script()
    {
        if (OperatingSystem.IsWindows() || !File.Exists("/bin/bash"))
        {
            return;
        }

        ProcessStartInfo start = new("/bin/bash") { UseShellExecute = false, RedirectStandardOutput = true };
        start.ArgumentList.Add("-c");
        start.ArgumentList.Add(
            """
            source <(spotify-etl completion bash)
            complete_at_end() {
              COMP_LINE=$1; COMP_POINT=${#1}; shift; COMP_WORDS=("$@"); COMP_CWORD=$(($# - 1))
              _spotify_etl spotify-etl
              echo "${COMPREPLY[*]}"
            }
            complete_at_end 'spotify-etl query --name weeks_o' spotify-etl query --name weeks_o
            complete_at_end 'spotify-etl query --name=weeks_o' spotify-etl query --name = weeks_o
            complete_at_end 'spotify-etl query --format=' spotify-etl query --format =
            """);
        start.Environment["PATH"] = $"{SpotifyEtlProgram.ProgramFolder}:{Environment.GetEnvironmentVariable("PATH")}";
        start.Environment["DOTNET_ROOT"] = Path.GetDirectoryName(Environment.ProcessPath) is { } folder && File.Exists(Path.Combine(folder, "dotnet"))
            ? folder
            : Environment.GetEnvironmentVariable("DOTNET_ROOT");
        using var bash = Process.Start(start)!;
        var said = await bash.StandardOutput.ReadToEndAsync(TestContext.Current.CancellationToken);
        await bash.WaitForExitAsync(TestContext.Current.CancellationToken);

        Assert.Equal(["weeks_on_chart", "weeks_on_chart", "csv json markdown parquet table vertical"], said.Split('\n', StringSplitOptions.RemoveEmptyEntries));
    }

    private static async Task<string> SuggestAsync(SpotifyEtlProgram program, string line)
    {
        var word = line[(line.LastIndexOf(' ') + 1)..];
        var ended = await program.RunAsync($"[suggest:{line.Length}]", line);
        return string.Join(
            ' ',
            ended.Output.Split('\n', StringSplitOptions.RemoveEmptyEntries).Where(
                text => text.StartsWith(word, StringComparison.Ordinal) && !text.StartsWith('-')));
    }
}
