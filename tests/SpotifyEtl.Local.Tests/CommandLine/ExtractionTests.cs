using System.Text;
using SpotifyEtl.Functions.Tests.Spotify;

namespace SpotifyEtl.Local.Tests.CommandLine;

/// <summary>The real program against a Spotify on loopback.</summary>
public sealed class ExtractionTests
{
    // With every kind of fault, and the pauses that they ask for, it takes minutes: SLOW_FAULTS=1 asks for that.
    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public Task Ten_thousand_long_rows_arrive_in_little_memory_though_one_request_in_three_fails(bool classic) =>
        LoadAsync(classic, Environment.GetEnvironmentVariable("SLOW_FAULTS") is null ? Faults.OneInThreeQuickly() : Faults.OneInThree());

    private static async Task LoadAsync(bool classic, Func<Asked, Answer?> faults)
    {
        var rows = Rows(10_000, paddedTo: 3_000);
        await using var spotify = await SpotifyServer.StartAsync(classic, rows);
        spotify.Script = faults;
        using var program = Program(spotify);

        var (end, peak) = await program.MeasureAsync("run", "--playlist", SpotifyServer.PlaylistId, "--json");

        Assert.Equal(0, end.ExitCode);
        var raw = await File.ReadAllTextAsync(
            Assert.Single(Directory.GetFiles(Path.Combine(program.Lake, "raw_data", "processed"))), TestContext.Current.CancellationToken);
        Assert.EndsWith("\"items\":[\n" + string.Join(",\n", rows) + "\n]}\n", raw, StringComparison.Ordinal);
        TestContext.Current.TestOutputHelper?.WriteLine(
            $"peak {peak / 1_000_000} MB for a raw file of {raw.Length / 1_000_000} MB in {spotify.Requests.Count} requests; tokens: {spotify.TokensGiven}");
        Assert.True(spotify.Requests.Count > 250, $"there were {spotify.Requests.Count} requests");
        Assert.True(peak < 280_000_000, $"the program held {peak:N0} bytes");
    }

    [Fact]
    public async Task Secrets_and_tokens_are_in_no_output_no_state_and_no_lake_whatever_goes_wrong()
    {
        const string SecondToken = "second-access-token";
        const string Forbidden = "4hRz0PqVt2mXk9wYc7LbNb";
        const string Bad = "4hRz0PqVt2mXk9wYc7LbNd";
        await using var spotify = await SpotifyServer.StartAsync(rows: Rows(170, paddedTo: 200));
        spotify.GivesRefreshToken = "rotated-refresh-token";
        spotify.Others[Forbidden] = spotify.Others[Bad] = Rows(3, paddedTo: 200);
        string[] secrets =
        [
            SpotifyServer.ClientSecret, SpotifyServer.RefreshToken, spotify.GivesRefreshToken, SpotifyServer.AccessToken, SecondToken, BasicValue
        ];
        var said = string.Join(' ', secrets[..4]) + $" Basic {BasicValue} Bearer {SecondToken}";
        var disordered = false;
        spotify.Script = asked =>
        {
            if (asked.IsPage && (asked.Path.Contains(Forbidden, StringComparison.Ordinal) || asked.Path.Contains(Bad, StringComparison.Ordinal)))
            {
                return Answer.Error(asked.Path.Contains(Bad, StringComparison.Ordinal) ? 400 : 403, said);
            }

            if (asked.Number("offset") == 100)
            {
                spotify.ValidToken = SecondToken;
            }

            return asked.Number("offset") == 50 && !disordered && (disordered = true) ? new Answer(500, said, "text/plain") : null;
        };
        using var program = Program(spotify);
        program.Settings["Spotify__RefreshToken"] = SpotifyServer.RefreshToken;
        program.Settings["Spotify__Playlists"] = $"{SpotifyServer.PlaylistId},{Forbidden},{Bad}";

        // The refresh token that the renewal gave is one that the server takes no more.
        var end = await program.RunAsync("run", "--verbose");

        Assert.Equal(1, end.ExitCode);
        var seen = new StringBuilder(end.Output).Append(end.Errors);
        var files = Directory.GetFiles(program.Folder, "*", SearchOption.AllDirectories);
        Assert.Contains(files, file => file.Contains(".spotify-etl", StringComparison.Ordinal));
        foreach (var file in files)
        {
            seen.Append(Encoding.Latin1.GetString(await File.ReadAllBytesAsync(file, TestContext.Current.CancellationToken)));
        }

        var text = seen.ToString();
        Assert.Contains(SpotifyServer.PlaylistId, text, StringComparison.Ordinal);
        Assert.Contains("(hidden)", text, StringComparison.Ordinal);
        Assert.All(secrets, secret => Assert.DoesNotContain(secret, text, StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_refresh_token_that_spotify_replaces_is_written_to_the_local_settings_where_it_came_from()
    {
        await using var spotify = await SpotifyServer.StartAsync(rows: Rows(3, paddedTo: 200));
        spotify.GivesRefreshToken = "rotated-refresh-token";
        using var program = Program(spotify);
        program.Write("local.settings.json", $$$"""{"Values":{"Spotify__RefreshToken":"{{{SpotifyServer.RefreshToken}}}","Spotify__Market":"SE"}}""");

        var end = await program.RunAsync("run", "--playlist", SpotifyServer.PlaylistId, "--verbose");

        var path = program.PathOf("local.settings.json");
        Assert.Equal(0, end.ExitCode);
        Assert.Equal(
            """{"Values":{"Spotify__RefreshToken":"rotated-refresh-token","Spotify__Market":"SE"}}""",
            await File.ReadAllTextAsync(path, TestContext.Current.CancellationToken));
        Assert.Contains("the new one is in the settings", end.Errors, StringComparison.Ordinal);
        Assert.DoesNotContain(spotify.GivesRefreshToken, end.Output + end.Errors, StringComparison.Ordinal);
        if (!OperatingSystem.IsWindows())
        {
            Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(path));
        }
    }

    [Fact]
    public async Task A_refresh_token_from_the_environment_that_spotify_replaces_is_written_nowhere_and_a_warning_says_what_to_do()
    {
        const string Settings = """{"Values":{"Spotify__RefreshToken":"another-one"}}""";
        await using var spotify = await SpotifyServer.StartAsync(rows: Rows(3, paddedTo: 200));
        spotify.GivesRefreshToken = "rotated-refresh-token";
        using var program = Program(spotify);
        program.Settings["Spotify__RefreshToken"] = SpotifyServer.RefreshToken;
        program.Write("local.settings.json", Settings);

        var end = await program.RunAsync("run", "--playlist", SpotifyServer.PlaylistId);

        Assert.Equal(0, end.ExitCode);
        Assert.Equal(Settings, await File.ReadAllTextAsync(program.PathOf("local.settings.json"), TestContext.Current.CancellationToken));
        Assert.Contains("run 'spotify-etl authorize' and set Spotify__RefreshToken", end.Errors, StringComparison.Ordinal);
        Assert.DoesNotContain(spotify.GivesRefreshToken, end.Output + end.Errors, StringComparison.Ordinal);
    }

    private static string BasicValue => Convert.ToBase64String(Encoding.UTF8.GetBytes($"{SpotifyServer.ClientId}:{SpotifyServer.ClientSecret}"));

    private static string[] Rows(int count, int paddedTo) =>
    [
        .. Enumerable.Range(0, count).Select(n =>
        {
            var row = $$$"""{"added_at":"2026-01-02T03:04:05Z","is_local":false,"track":{"id":"s{{{n:D5}}}","name":"Song {{{n}}}","album":{"id":"al{{{n % 700}}}","name":"Album","album_type":"album"},"artists":[{"id":"ar{{{n % 90}}}","name":"Artist"}]},"pad": """;
            return row.TrimEnd() + "\"" + new string('x', Math.Max(0, paddedTo - row.Length)) + "\"}";
        }),
    ];

    private static SpotifyEtlProgram Program(SpotifyServer spotify)
    {
        SpotifyEtlProgram program = new();
        program.Settings["Spotify__ClientId"] = SpotifyServer.ClientId;
        program.Settings["Spotify__ClientSecret"] = SpotifyServer.ClientSecret;
        program.Settings["Spotify__ApiBaseUrl"] = spotify.ApiBaseUrl;
        program.Settings["Spotify__TokenUrl"] = spotify.TokenUrl;
        return program;
    }
}
