using DuckDB.NET.Data;
using SpotifyEtl.Catalog;
using SpotifyEtl.Errors;
using SpotifyEtl.Local.AthenaSql.Functions;
using SpotifyEtl.Local.Catalog;
using SpotifyEtl.Transform.Tables;

namespace SpotifyEtl.Local.Tests.Catalog;

/// <summary>SQL reads the tables: no file of the lake or the machine, no setting, nothing of the engine's own.</summary>
public sealed class TablesOnlyTests : IDisposable
{
    private readonly LakeFixture _lake = new();
    private readonly DuckDbQueries _queries;

    public TablesOnlyTests() => _queries = new DuckDbQueries(_lake.Lake);

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public void Dispose() => _lake.Dispose();

    [Theory]
    [InlineData("SELECT * FROM read_text('{lake}/run_data/runs/r.json')", "read_text")]
    [InlineData("SELECT * FROM read_csv('{lake}/transformed_data/artist_data/*.csv')", "read_csv")]
    [InlineData("SELECT * FROM READ_PARQUET('x')", "READ_PARQUET")]
    [InlineData("SELECT * FROM main.parquet_scan('x')", "main.parquet_scan")]
    [InlineData("SELECT * FROM system.main.glob('{lake}/**')", "system.main.glob")]
    [InlineData("SELECT * FROM artist_data, LATERAL (SELECT * FROM read_text(artist_name))", "read_text")]
    [InlineData("SELECT (SELECT content FROM read_text('/etc/hostname'))", "read_text")]
    [InlineData("WITH x AS (SELECT * FROM read_text('/etc/hostname')) SELECT * FROM x", "read_text")]
    [InlineData("SELECT 1 WHERE EXISTS (SELECT * FROM glob('/etc/*'))", "glob")]
    [InlineData("SELECT 1 UNION ALL SELECT count(*) FROM glob('/*')", "glob")]
    [InlineData("SELECT transform(ARRAY[1], x -> (SELECT count(*) FROM glob('/*')))", "glob")]
    [InlineData("SELECT * FROM artist_data ORDER BY (SELECT count(*) FROM glob('/*'))", "glob")]
    [InlineData("SELECT * FROM system.main.duckdb_views", "system.main.duckdb_views")]
    [InlineData("SELECT * FROM pg_catalog.pg_settings", "pg_catalog.pg_settings")]
    [InlineData("SELECT * FROM information_schema.views", "information_schema.views")]
    [InlineData("SELECT * FROM memory.main.records", "memory.main.records")]
    [InlineData("SELECT * FROM memory.information_schema.tables", "memory.information_schema.tables")]
    [InlineData("DESCRIBE memory.main.records", "memory.main.records")]
    [InlineData("SHOW TABLES IN other", "other")]
    [InlineData("SHOW FUNCTIONS", "SHOW FUNCTIONS")]
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
    [InlineData("MSCK REPAIR TABLE songs", "MSCK")]
    [InlineData("UNLOAD (SELECT 1) TO 's3://x'", "UNLOAD")]
    [InlineData("DROP TABLE songs", "DROP")]
    [InlineData("CREATE TABLE x AS SELECT 1", "CREATE")]
    public async Task What_is_no_table_is_refused_by_its_name(string sql, string name)
    {
        var failure = await RefusedAsync(sql);

        Assert.Contains(name + " is not allowed", failure.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("SELECT * FROM '/etc/hosts.csv'", "mismatched input ''/etc/hosts.csv''")]
    [InlineData("FROM artist_data", "mismatched input 'FROM'")]
    [InlineData("DESCRIBE '/etc/hosts.csv'", "mismatched input ''/etc/hosts.csv''")]
    [InlineData("DESCRIBE SELECT * FROM artist_data", "mismatched input 'SELECT'")]
    [InlineData("SELECT * FROM artist_data JOIN 'x.json' USING (artist_id)", "mismatched input ''x.json''")]
    [InlineData("SELECT * FROM \"/etc/hosts.csv\"", "There is no table or view '/etc/hosts.csv'")]
    [InlineData("SELECT * FROM \"{lake}/transformed_data/artist_data/artist_transformed_a.csv\"", "There is no table or view")]
    [InlineData("SELECT * FROM duckdb_settings", "There is no table or view 'duckdb_settings'")]
    [InlineData("SELECT * FROM sqlite_master", "There is no table or view 'sqlite_master'")]
    [InlineData("SELECT getenv('HOME')", "Function 'getenv' not registered")]
    [InlineData("SELECT current_setting('temp_directory')", "Function 'current_setting' not registered")]
    [InlineData("SELECT json_serialize_plan('SELECT 1')", "Function 'json_serialize_plan' not registered")]
    [InlineData("SELECT pg_get_viewdef(1)", "Function 'pg_get_viewdef' not registered")]
    [InlineData("SELECT 'x'::blob", "mismatched input ':'")]
    [InlineData("SELECT * FROM artist_data QUALIFY row_number() OVER () = 1", "mismatched input")]
    public async Task The_engines_own_SQL_is_none(string sql, string message)
    {
        var failure = await RefusedAsync(sql);

        Assert.Contains(message, failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Of_the_engines_own_tables_and_table_functions_none_can_be_asked()
    {
        await LoadAsync();
        using var queries = await _queries.OpenAsync(Cancellation);
        var functions = await NamesAsync(
            "SELECT DISTINCT function_name FROM duckdb_functions() WHERE function_type IN ('table', 'table_macro', 'pragma') ORDER BY 1");
        var views = await NamesAsync("SELECT DISTINCT schema_name || '.' || view_name FROM duckdb_views() WHERE internal ORDER BY 1");
        List<string> allowed = [];

        foreach (var sql in functions.Select(function => $"\"{function}\"()").Concat(views).Concat(views.Select(view => "system." + view)))
        {
            if (!await IsRefusedAsync(queries, "SELECT * FROM " + sql))
            {
                allowed.Add(sql);
            }
        }

        Assert.True(functions.Count > 90 && views.Count > 40, "the engine tells its functions and views");
        Assert.Equal(["information_schema.columns", "information_schema.schemata", "information_schema.tables"], allowed);
    }

    [Fact]
    public async Task Of_the_engines_own_functions_none_can_be_called_that_Athena_has_not()
    {
        await LoadAsync();
        using var queries = await _queries.OpenAsync(Cancellation);
        var functions = await NamesAsync("SELECT DISTINCT function_name FROM duckdb_functions() WHERE function_name ~ '^[a-z_0-9]+$' ORDER BY 1");
        var athenas = AthenaFunctions.All.Select(function => function.Signature.Split('(')[0]).ToHashSet(StringComparer.Ordinal);
        string[] forms = ["if", "coalesce", "nullif", "try", "cast", "try_cast", "row", "count", "grouping", "trim", "listagg", "extract", "position"];
        List<string> called = [];

        foreach (var function in functions.Where(function => !athenas.Contains(function) && !forms.Contains(function, StringComparer.Ordinal)))
        {
            if (!await IsRefusedAsync(queries, $"SELECT \"{function}\"()") || !await IsRefusedAsync(queries, $"SELECT \"{function}\"('a')"))
            {
                called.Add(function);
            }
        }

        Assert.True(functions.Count > 500, "the engine tells its functions");
        Assert.Empty(called);
    }

    [Theory]
    [InlineData("SELECT count(*) FROM artist_data", "1")]
    [InlineData("SELECT count(*) FROM \"AwsDataCatalog\".spotify_database.artist_data a", "1")]
    [InlineData("TABLE artist_data", "1|One|u|t")]
    [InlineData("SELECT count(*) FROM UNNEST(sequence(1, 3)) AS t(n)", "3")]
    [InlineData("SELECT sum(n) FROM (VALUES (1), (2)) AS t(n)", "3")]
    [InlineData("WITH RECURSIVE r (n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM r WHERE n < 4) SELECT max(n) FROM r", "4")]
    [InlineData("SELECT count(*) FROM information_schema.columns WHERE table_name = 'artist_data' AND column_name = 'artist_id'", "1")]
    [InlineData("SELECT count(*) FROM artist_data a CROSS JOIN LATERAL (SELECT a.artist_id) b", "1")]
    [InlineData("SELECT row_number() OVER (ORDER BY artist_id) FROM artist_data", "1")]
    [InlineData("SELECT artists FROM totals", "1")]
    [InlineData("SELECT count(*) FROM runs", "0")]
    [InlineData("SELECT \"$path\" LIKE 'file:///%/transformed_data/artist_data/artist_transformed_a.csv' FROM artist_data", "true")]
    [InlineData("SELECT \"$path\" LIKE 'file:///%/analytics_data/artists/month=%.parquet' FROM artists", "true")]
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
        Assert.True(await IsRefusedAsync(_queries, "SELECT " + string.Concat(Enumerable.Repeat("abs(", Levels)) + "getenv('x')" + new string(')', Levels)));
    }

    [Theory]
    [InlineData("(", ")")]
    [InlineData("ARRAY[", "]")]
    [InlineData("(SELECT ", ")")]
    [InlineData("CASE WHEN true THEN ", " END")]
    [InlineData("NOT ", "")]
    [InlineData("- ", "")]
    [InlineData("abs(", ")")]
    public async Task What_nests_too_deeply_is_refused_and_ends_no_process(string before, string after)
    {
        await LoadAsync();
        const int Levels = 200_000;
        var sql = "SELECT " + string.Concat(Enumerable.Repeat(before, Levels)) + "1" + string.Concat(Enumerable.Repeat(after, Levels));

        var failure = await Assert.ThrowsAsync<PermanentEtlException>(() => _queries.RowsAsync(sql));

        Assert.Contains("nested too deeply", failure.Message, StringComparison.Ordinal);
    }

    private async Task<PermanentEtlException> RefusedAsync(string sql)
    {
        await LoadAsync();
        var before = Directory.GetFileSystemEntries(_lake.Lake.Root, "*", SearchOption.AllDirectories);

        var failure = await Assert.ThrowsAsync<PermanentEtlException>(
            () => _queries.RowsAsync(sql.Replace("{lake}", _lake.Lake.Root, StringComparison.Ordinal)));

        Assert.Equal(before, Directory.GetFileSystemEntries(_lake.Lake.Root, "*", SearchOption.AllDirectories));
        return failure;
    }

    private static async Task<bool> IsRefusedAsync(IQueries queries, string sql)
    {
        try
        {
            await queries.RowsAsync(sql);
            return false;
        }
        catch (PermanentEtlException exception)
        {
            // By the translation: DuckDB was not asked.
            return exception.InnerException is null;
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
