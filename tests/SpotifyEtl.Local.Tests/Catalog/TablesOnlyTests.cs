using DuckDB.NET.Data;
using SpotifyEtl.Errors;
using SpotifyEtl.Local.Catalog;
using SpotifyEtl.Transform.Tables;

namespace SpotifyEtl.Local.Tests.Catalog;

/// <summary>SQL reads the tables: no file of the lake or the machine, no setting, nothing of the engine's own.</summary>
public sealed class TablesOnlyTests : IDisposable
{
    private static readonly string[] s_allowedFunctions = ["generate_series", "json_each", "json_tree", "range", "repeat", "repeat_row", "unnest"];

    private readonly LakeFixture _lake = new();
    private readonly DuckDbQueries _queries;

    public TablesOnlyTests() => _queries = new DuckDbQueries(_lake.Lake);

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public void Dispose() => _lake.Dispose();

    [Theory]
    [InlineData("SELECT * FROM read_text('{lake}/run_data/runs/r.json')", "read_text")]
    [InlineData("SELECT * FROM read_blob('{lake}/transformed_data/artist_data/artist_transformed_a.csv')", "read_blob")]
    [InlineData("SELECT * FROM read_csv('{lake}/transformed_data/artist_data/*.csv')", "read_csv")]
    [InlineData("SELECT * FROM read_json('{lake}/run_data/runs/*.json')", "read_json")]
    [InlineData("SELECT * FROM READ_PARQUET('x')", "read_parquet")]
    [InlineData("SELECT * FROM main.parquet_scan('x')", "parquet_scan")]
    [InlineData("SELECT * FROM system.main.glob('{lake}/**')", "glob")]
    [InlineData("SELECT * FROM sniff_csv('/etc/passwd')", "sniff_csv")]
    [InlineData("SELECT * FROM artist_data, LATERAL (SELECT * FROM read_text(artist_name))", "read_text")]
    [InlineData("SELECT (SELECT content FROM read_text('/etc/hostname'))", "read_text")]
    [InlineData("WITH x AS (SELECT * FROM read_text('/etc/hostname')) SELECT * FROM x", "read_text")]
    [InlineData("SELECT 1 WHERE EXISTS (FROM glob('/etc/*'))", "glob")]
    [InlineData("DESCRIBE SELECT * FROM read_text('/etc/hostname')", "read_text")]
    [InlineData("SELECT 1 UNION ALL SELECT count(*) FROM glob('/*')", "glob")]
    [InlineData("SELECT list_transform([1], lambda x: (SELECT count(*) FROM glob('/*')))", "glob")]
    [InlineData("SELECT * FROM artist_data ORDER BY (SELECT count(*) FROM glob('/*'))", "glob")]
    [InlineData("FROM '/etc/hosts.csv'", "/etc/hosts.csv")]
    [InlineData("FROM '{lake}/transformed_data/artist_data/artist_transformed_a.csv'", "artist_transformed_a.csv")]
    [InlineData("DESCRIBE '/etc/hosts.csv'", "/etc/hosts.csv")]
    [InlineData("SUMMARIZE 'x.parquet'", "x.parquet")]
    [InlineData("SELECT * FROM artist_data JOIN 'x.json' USING (artist_id)", "x.json")]
    [InlineData("WITH \"/etc/hosts.csv\" AS (SELECT 1) SELECT * FROM \"/etc/hosts.csv\"", "/etc/hosts.csv")]
    [InlineData("FROM \"dir\".\"file\"", "dir.file")]
    [InlineData("FROM query('SELECT 1')", "query")]
    [InlineData("FROM query_table('artist_data')", "query_table")]
    [InlineData("FROM json_execute_serialized_sql('{}')", "json_execute_serialized_sql")]
    [InlineData("SELECT json_serialize_plan('SELECT 1')", "json_serialize_plan")]
    [InlineData("FROM enable_logging(storage = 'file', storage_config = {'path': '{lake}/log'})", "enable_logging")]
    [InlineData("FROM enable_profiling()", "enable_profiling")]
    [InlineData("FROM arrow_scan(1, 2, 3)", "arrow_scan")]
    [InlineData("FROM duckdb_secrets()", "duckdb_secrets")]
    [InlineData("FROM duckdb_settings", "duckdb_settings")]
    [InlineData("FROM system.main.duckdb_views", "duckdb_views")]
    [InlineData("FROM pg_catalog.pg_settings", "pg_settings")]
    [InlineData("FROM information_schema.views", "views")]
    [InlineData("FROM sqlite_master", "sqlite_master")]
    [InlineData("FROM memory.main.records", "memory.main.records")]
    [InlineData("SELECT getenv('HOME')", "getenv")]
    [InlineData("SELECT current_setting('temp_directory')", "current_setting")]
    [InlineData("SELECT getvariable('x')", "getvariable")]
    [InlineData("SELECT write_log('x')", "write_log")]
    [InlineData("SELECT pg_get_viewdef(1)", "pg_get_viewdef")]
    [InlineData("COPY artist_data TO '{lake}/x.csv'", "COPY")]
    [InlineData("/* a comment */ attach '{lake}/x.db'", "ATTACH")]
    [InlineData("-- a comment\nINSTALL httpfs", "INSTALL")]
    [InlineData("LOAD httpfs", "LOAD")]
    [InlineData("PRAGMA enable_profiling", "PRAGMA")]
    [InlineData("SET threads = 1", "SET")]
    [InlineData("RESET threads", "RESET")]
    [InlineData("CALL enable_logging()", "CALL")]
    [InlineData("EXPORT DATABASE '{lake}/x'", "EXPORT")]
    [InlineData("EXPLAIN SELECT 1", "EXPLAIN")]
    [InlineData("CHECKPOINT", "CHECKPOINT")]
    public async Task What_is_no_table_is_refused_by_its_name(string sql, string name)
    {
        await LoadAsync();
        var before = Directory.GetFileSystemEntries(_lake.Lake.Root, "*", SearchOption.AllDirectories);

        var failure = await Assert.ThrowsAsync<PermanentEtlException>(
            () => _queries.RowsAsync(sql.Replace("{lake}", _lake.Lake.Root, StringComparison.Ordinal)));

        Assert.Contains(name + " is not allowed.", failure.Message, StringComparison.Ordinal);
        Assert.Equal(before, Directory.GetFileSystemEntries(_lake.Lake.Root, "*", SearchOption.AllDirectories));
    }

    [Fact]
    public async Task Of_the_engines_own_tables_and_table_functions_only_those_that_look_at_nothing_are_allowed()
    {
        await LoadAsync();
        var functions = await NamesAsync(
            "SELECT DISTINCT function_name FROM duckdb_functions() WHERE function_type IN ('table', 'table_macro', 'pragma') ORDER BY 1");
        var views = await NamesAsync("SELECT DISTINCT schema_name || '.' || view_name FROM duckdb_views() WHERE internal ORDER BY 1");
        List<string> allowed = [];

        foreach (var function in functions)
        {
            if (!await IsRefusedAsync($"FROM \"{function}\"()"))
            {
                allowed.Add(function);
            }
        }

        foreach (var view in views.Concat(views.Select(view => "system." + view)))
        {
            if (!await IsRefusedAsync("FROM " + view))
            {
                allowed.Add(view);
            }
        }

        Assert.True(functions.Count > 90 && views.Count > 40, "the engine tells its functions and views");
        Assert.Equal([.. s_allowedFunctions, "information_schema.columns", "information_schema.schemata", "information_schema.tables"], allowed);
    }

    [Theory]
    [InlineData("SELECT count(*) FROM artist_data", "1")]
    [InlineData("SELECT count(*) FROM \"AwsDataCatalog\".spotify_database.artist_data a", "1")]
    [InlineData("TABLE artist_data", "1|One|u|t")]
    [InlineData("SELECT count(*) FROM UNNEST(sequence(1, 3)) AS t(n)", "3")]
    [InlineData("SELECT sum(n) FROM (VALUES (1), (2)) AS t(n)", "3")]
    [InlineData("WITH RECURSIVE r AS (SELECT 1 AS n UNION ALL SELECT n + 1 FROM r WHERE n < 4) SELECT max(n) FROM r", "4")]
    [InlineData("SELECT count(*) FROM information_schema.columns WHERE table_name = 'artist_data' AND column_name = 'artist_id'", "1")]
    [InlineData("SELECT count(*) FROM (DESCRIBE artist_data) WHERE column_name = 'artist_id'", "1")]
    [InlineData("SELECT count(*) FROM (SHOW TABLES) WHERE name = 'artist_data'", "1")]
    [InlineData("SELECT count(*) FROM (SUMMARIZE artist_data) WHERE column_name = 'artist_id'", "1")]
    [InlineData("SELECT count(*) FROM artist_data a, LATERAL (SELECT a.artist_id) b", "1")]
    [InlineData("SELECT row_number() OVER (ORDER BY artist_id) FROM artist_data", "1")]
    [InlineData("SELECT artists FROM totals", "1")]
    [InlineData("SELECT count(*) FROM runs", "0")]
    public async Task Tables_views_and_what_a_query_computes_itself_answer(string sql, string expected)
    {
        await LoadAsync();

        Assert.StartsWith(expected, await _queries.LinesAsync(sql), StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_expression_of_hundreds_of_levels_is_looked_through()
    {
        await LoadAsync();
        const int Levels = 300;

        Assert.Equal($"{Levels}", await _queries.ValueAsync("SELECT " + string.Join(" + ", Enumerable.Repeat("1", Levels))));
        Assert.True(await IsRefusedAsync("SELECT " + string.Concat(Enumerable.Repeat("abs(", Levels)) + "getenv('x')" + new string(')', Levels)));
    }

    private async Task<bool> IsRefusedAsync(string sql)
    {
        try
        {
            await _queries.RowsAsync(sql);
            return false;
        }
        catch (PermanentEtlException exception)
        {
            return exception.Message.Contains(" is not allowed. SQL reads the lake's tables", StringComparison.Ordinal);
        }
    }

    private async Task LoadAsync()
    {
        _lake.Put(Table.Artist, "a", ["1", "One", "u", "t"]);
        await _lake.CrawlAsync();
    }

    private static async Task<List<string>> NamesAsync(string sql)
    {
        await using DuckDBConnection connection = new("DataSource=:memory:");
        await connection.OpenAsync(Cancellation);
        await using var command = connection.CreateCommand();
        command.CommandText = sql;
        await using var reader = await command.ExecuteReaderAsync(Cancellation);
        List<string> names = [];
        while (await reader.ReadAsync(Cancellation))
        {
            names.Add(reader.GetString(0));
        }

        return names;
    }
}
