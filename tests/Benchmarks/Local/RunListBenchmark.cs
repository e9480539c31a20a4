using Benchmarks.Soak.Server;
using Microsoft.Data.Sqlite;
using SpotifyEtl.Functions.Tests.Spotify;

namespace Benchmarks.Local;

/// <summary>The run monitor's list over ten thousand runs, each with its sub-orchestrations, on any page and in any order.</summary>
internal static class RunListBenchmark
{
    private const int Runs = 10_000;

    private static readonly (string Figure, string Path)[] s_pages =
    [
        ("first_page", "/"),
        ("last_page", "/?page=201"),
        ("by_duration", "/?sort=Duration"),
        ("by_status_page_100", "/?sort=Status&order=ascending&page=100"),
        ("filtered", "/?status=Completed&id=42&from=2020-01-01"),
    ];

    public static async Task RunAsync()
    {
        await using var spotify = await SpotifyServer.StartAsync(rows: ServedPlaylist.Rows("first"));
        var folder = Directory.CreateTempSubdirectory("run-list-benchmark-");
        try
        {
            Multiply(await MakeRunAsync(folder.FullName, spotify));
            await MeasureAsync(folder.FullName, spotify);
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    // Makes one run and gives the file that it is in.
    private static async Task<string> MakeRunAsync(string folder, SpotifyServer spotify)
    {
        using ServedProgram server = new(folder, spotify);
        using HttpClient http = new() { BaseAddress = await server.ListeningAsync() };
        if (await new ServedRuns(http).RunAsync([SpotifyServer.PlaylistId], force: true, TimeSpan.FromMinutes(5)) is { } wrong)
        {
            throw new InvalidOperationException($"The run that is to be copied failed: {wrong}");
        }

        await server.StopAsync();
        return server.TaskHub;
    }

    private static async Task MeasureAsync(string folder, SpotifyServer spotify)
    {
        using ServedProgram server = new(folder, spotify);
        using HttpClient http = new() { BaseAddress = await server.ListeningAsync() };
        foreach (var (figure, path) in s_pages)
        {
            var milliseconds = await Median.MillisecondsAsync(async () =>
            {
                var page = await http.GetStringAsync(path);
                if (!page.Contains(" runs, page ", StringComparison.Ordinal))
                {
                    throw new InvalidOperationException($"{path} is not a page of the list.");
                }
            });
            Figure.Print($"monitor.list.10000_runs.{figure}_ms", milliseconds, "ms, at most 200");
        }

        await server.StopAsync();
    }

    // Copies of the one run, with its real input and output, minutes apart.
    private static void Multiply(string taskHub)
    {
        using SqliteConnection connection = new(new SqliteConnectionStringBuilder { DataSource = taskHub, Pooling = false }.ToString());
        connection.Open();
        using var command = connection.CreateCommand();
        command.CommandText = $"""
            CREATE TEMP TABLE copies AS
            WITH RECURSIVE number(n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM number WHERE n < {Runs})
            SELECT n, instance_key, 'copy-' || n || '-' || instance_id AS copy_id FROM instances, number;

            INSERT INTO instances (instance_id, execution_id, name, version, status, created_at, updated_at, completed_at, generation,
                                   parent_instance_id, custom_status)
            SELECT copy_id, execution_id || n, name, version, status, created_at - n * {TimeSpan.TicksPerMinute},
                   updated_at - n * {TimeSpan.TicksPerMinute}, completed_at - n * {TimeSpan.TicksPerMinute}, generation,
                   parent_instance_id, custom_status
            FROM copies JOIN instances USING (instance_key);

            INSERT INTO payloads (instance_key, input, output, failure)
            SELECT copy.instance_key, input, output, failure
            FROM copies JOIN payloads USING (instance_key) JOIN instances AS copy ON copy.instance_id = copy_id
            """;
        command.ExecuteNonQuery();
    }
}
