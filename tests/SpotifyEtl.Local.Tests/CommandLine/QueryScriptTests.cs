namespace SpotifyEtl.Local.Tests.CommandLine;

/// <summary><c>query</c> with statements from a file, from stdin, and typed.</summary>
public sealed class QueryScriptTests : IAsyncLifetime
{
    private readonly SpotifyEtlProgram _program = new();

    public async ValueTask InitializeAsync()
    {
        _program.Write("raw/a.json", RawFile.Page("s", 3));
        Assert.Equal(0, (await _program.RunAsync("run", "--raw", "raw")).ExitCode);
    }

    public ValueTask DisposeAsync()
    {
        _program.Dispose();
        return ValueTask.CompletedTask;
    }

    [Fact]
    public async Task Statements_of_a_file_are_answered_one_after_another()
    {
        _program.Write("some.sql", "-- the first;\nSELECT 1 AS a;\nSELECT ';' AS b;\n");

        Assert.Equal(new Ended(0, "a\n-\n1\n(1 row)\n\nb\n-\n;\n(1 row)\n", ""), await _program.RunAsync("query", "--file", "some.sql"));
        Assert.Equal(new Ended(0, "[\n{\"a\":1}\n]\n[\n{\"b\":\";\"}\n]\n", ""), await _program.RunAsync("query", "--file", "some.sql", "--format", "json"));
    }

    [Theory]
    [InlineData]
    [InlineData("-")]
    [InlineData("--file", "-")]
    public async Task What_is_piped_in_is_answered(params string[] arguments)
    {
        var ended = await _program.PipeAsync("SELECT count(*) AS n\nFROM song_data;\n", ["query", .. arguments, "--format", "csv"]);

        Assert.Equal(new Ended(0, "n\n3\n", ""), ended);
    }

    [Fact]
    public async Task The_first_that_fails_ends_a_file_and_is_told_with_its_place()
    {
        _program.Write("some.sql", "SELECT 1 AS a;\n\nSELECT no_such FROM song_data;\nSELECT 3 AS c;\n");

        var ended = await _program.RunAsync("query", "--file", "some.sql", "--format", "csv");

        Assert.Equal((1, "a\n1\n"), (ended.ExitCode, ended.Output));
        Assert.StartsWith("Statement 2, at line 3 of some.sql: ", ended.Errors, StringComparison.Ordinal);
        Assert.Contains("no_such", ended.Errors, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_file_takes_one_result()
    {
        var ended = await _program.RunAsync("query", "SELECT 1; SELECT 2", "--out", "n.csv");

        Assert.Equal(new Ended(2, "", "A file takes one result, and there are 2 statements. Give one at a time.\n"), ended);
    }

    [Theory]
    [InlineData("-- nothing", "There is no statement in stdin.\n")]
    [InlineData(" ", "Give an SQL statement, --name with the name of a query, --file with one of statements, or pipe them in.\n")]
    public async Task Where_nothing_is_piped_in_it_is_told_what_to_give(string input, string expected) =>
        Assert.Equal(new Ended(2, "", expected), await _program.PipeAsync(input, "query"));

    [Fact]
    public async Task A_file_that_is_not_there_is_told()
    {
        var ended = await _program.RunAsync("query", "--file", "no_such.sql");

        Assert.Equal(2, ended.ExitCode);
        Assert.Contains("no_such.sql cannot be read", ended.Errors, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_shell_answers_what_is_typed_and_goes_on_after_a_failure()
    {
        var ended = await _program.TypeAsync(
            "SELECT 1 AS a,\n2 AS b;\nSELECT no_such FROM song_data;\n\\timing\n\\format csv\nSELECT 3 AS c;\nexit\n", "query");

        Assert.Equal(0, ended.ExitCode);
        Assert.Contains("sql>   -> a  b\n-  -\n1  2\n(1 row)\n", ended.Output, StringComparison.Ordinal);
        Assert.EndsWith("Results come as csv.\nsql> c\n3\nsql> ", ended.Output, StringComparison.Ordinal);
        Assert.Contains("no_such", ended.Errors, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_shell_shows_tables_columns_and_named_queries()
    {
        var ended = await _program.TypeAsync("\\d\n\\d song_data;\n\\query top_songs\n\\query no_such\n\\x\nhelp\n", "query", "--format", "csv");

        Assert.Equal(0, ended.ExitCode);
        foreach (var part in new[] { "songs_latest\n", "duration_ms", "popularity", "  \\rows NUMBER" })
        {
            Assert.Contains(part, ended.Output, StringComparison.Ordinal);
        }

        Assert.Contains("There is no query 'no_such'. \\query lists them.\n", ended.Errors, StringComparison.Ordinal);
        Assert.Contains("There is no \\x.", ended.Errors, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_shell_shows_the_first_rows_and_writes_all_of_them_to_a_file()
    {
        var ended = await _program.TypeAsync(
            "\\timing\n\\rows 2\nSELECT n FROM UNNEST(sequence(1, 3)) AS t(n);\n\\out all.csv\nSELECT n FROM UNNEST(sequence(1, 3)) AS t(n);\n", "query");

        Assert.Contains("sql> n\n-\n1\n2\n(2 rows)\n", ended.Output, StringComparison.Ordinal);
        Assert.Contains("3 rows are in all.csv\n", ended.Output, StringComparison.Ordinal);
        Assert.Contains("There are more rows.", ended.Errors, StringComparison.Ordinal);
        Assert.Equal("n\n1\n2\n3\n", await File.ReadAllTextAsync(_program.PathOf("all.csv"), TestContext.Current.CancellationToken));
    }

    [Fact]
    public async Task What_was_typed_is_kept_in_the_state_folder()
    {
        await _program.TypeAsync("SELECT 1 AS a,\n2 AS b;\n", "query");

        var kept = await File.ReadAllTextAsync(_program.PathOf(".spotify-etl/query_history"), TestContext.Current.CancellationToken);

        Assert.Equal("\"SELECT 1 AS a,\\n2 AS b;\"\n", kept);
    }
}
