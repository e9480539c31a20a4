using Microsoft.Data.Sqlite;
using SpotifyEtl.Local.Tests.CommandLine;

namespace SpotifyEtl.Local.Tests.Monitor;

/// <summary>The list of runs over a store of ten thousand runs, each with seven sub-orchestrations.</summary>
public sealed class ManyRunsTests
{
    private const int Runs = 10_000;

    [Fact]
    public async Task The_list_opens_on_any_page_in_any_order()
    {
        using SpotifyEtlProgram program = new();
        await program.RunAsync("run");
        Multiply(program.PathOf(".spotify-etl/demo/taskhub.db"));
        await using var server = await program.ServeAsync();
        using MonitorClient browser = new(server);
        Assert.Contains("10,001 runs, page 1 of 201", await browser.ReadAsync("/"), StringComparison.Ordinal);

        string[] paths =
            ["/", "/?page=201", "/?sort=Duration", "/?sort=Status&order=ascending&page=100", "/?status=Succeeded&id=42&from=2020-01-01"];
        foreach (var path in paths)
        {
            Assert.Contains("runs, page ", await browser.ReadAsync(path), StringComparison.Ordinal);
        }
    }

    // Copies of the one run, with its real input and output, minutes apart.
    private static void Multiply(string store)
    {
        using SqliteConnection connection = new($"Data Source={store}");
        connection.Open();
        using var command = connection.CreateCommand();
        command.CommandText = $"""
            CREATE TEMP TABLE copies AS
            WITH RECURSIVE number(n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM number WHERE n < {Runs})
            SELECT n, instance_key, 'copy-' || n || '-' || instance_id AS copy_id FROM instances, number;

            INSERT INTO instances (instance_id, execution_id, name, version, status, created_at, updated_at, completed_at, generation, parent_instance_id, custom_status)
            SELECT copy_id, execution_id || n, name, version, status, created_at - n * {TimeSpan.TicksPerMinute}, updated_at - n * {TimeSpan.TicksPerMinute},
                   completed_at - n * {TimeSpan.TicksPerMinute}, generation, parent_instance_id, custom_status
            FROM copies JOIN instances USING (instance_key);

            INSERT INTO payloads (instance_key, input, output, failure)
            SELECT copy.instance_key, input, output, failure
            FROM copies JOIN payloads USING (instance_key) JOIN instances AS copy ON copy.instance_id = copy_id
            """;
        Assert.True(command.ExecuteNonQuery() >= Runs * 8);
    }
}
