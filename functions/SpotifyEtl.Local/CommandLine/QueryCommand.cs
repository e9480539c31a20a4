using System.CommandLine;
using System.CommandLine.Completions;
using System.Globalization;
using Microsoft.Extensions.DependencyInjection;
using SpotifyEtl.Catalog;
using SpotifyEtl.Catalog.Queries;
using SpotifyEtl.Errors;
using SpotifyEtl.Local.Formats;
using SpotifyEtl.Local.Hosting;
using SpotifyEtl.Local.Interactive;
using SpotifyEtl.Local.Terminal;
using SpotifyEtl.Transform.Tables;

namespace SpotifyEtl.Local.CommandLine;

/// <summary><c>query</c>: SQL over the lake's tables.</summary>
internal static class QueryCommand
{
    private const int NameWidth = 26;

    private static string Details() => $"""
        The tables are as they were when they were last crawled. On a terminal a table is fitted to its width; in a pipe nothing is cut.

        Without a statement it is a shell to type them in: history, completion by Tab, and help, which tells what else there is. Of several statements
        one is run after another, until one fails. Results come as they are computed: Ctrl+C stops them.

        Tables: {string.Join(", ", Table.All.Select(table => table.CatalogName))}. All columns are text, as in Athena: TRY_CAST what is a number.
        A folder lake has the tables runs and files too: the records of run_data.

        Named queries, which are views too: on a folder lake they are there, on S3 make them once as the last example shows.
        {string.Join(Environment.NewLine, NamedQueries.All.SelectMany(Listed))}

        Examples:
          spotify-etl query --name top_songs
          spotify-etl query "SELECT count(*) AS songs FROM songs_latest" --format json
          spotify-etl query --name chart_moves --format csv > moves.csv
          spotify-etl query "SELECT * FROM songs_latest" --out songs.parquet
          spotify-etl query "SELECT song_name FROM chart_moves WHERE move = 'new'"
          spotify-etl query --file report.sql --format markdown
          cat report.sql | spotify-etl query
          spotify-etl query "SELECT runId, status, rows.song FROM runs ORDER BY startedAt DESC"
          spotify-etl query --lake s3://BUCKET "$(spotify-etl query --name chart_moves --as-view)"
        """;

    public static Command Create(GlobalOptions globals)
    {
        Argument<string?> sql = new("SQL")
        {
            Description = "SQL statements, with ; between; - reads them from stdin. Default: what is piped in, else a shell to type them.",
            Arity = ArgumentArity.ZeroOrOne,
        };
        Option<string?> name = new("--name") { Description = "A named query instead.", HelpName = "QUERY" };
        Option<string?> file = new("--file") { Description = "A file of statements instead; the first that fails ends it.", HelpName = "FILE" };
        Option<bool> asView = new("--as-view")
        {
            Description = "With --name: print the statement that makes a view of that query, for Athena, and run nothing.",
        };
        name.CompletionSources.Add(_ => NamedQueries.All.Select(query => new CompletionItem(query.Name)));
        Option<QueryFormat> format = new("--format")
        {
            Description = "How to print the result: table, vertical (a field a line), csv, json, parquet (columns with their types) or markdown. "
                + "Default: table, or as the name of --out ends.",
            HelpName = "FORMAT",
        };
        format.TakesNames();
        Option<string?> outFile = new("--out")
        {
            Description = "Write the result to a file, which appears when it is whole: .csv, .json, .parquet, .md, .txt.",
            HelpName = "FILE",
        };
        Verb command = new("query", "Answers SQL over the lake's tables.", Details) { sql, name, file, asView, format, outFile };
        command.WhenStopped = _ => "Stopped: the query was not answered to its end.";
        command.StopPatience = Verb.Promptly;
        command.SetAction(async (result, cancellationToken) =>
        {
            var given = result.GetResult(format) is { Implicit: false } ? result.GetValue(format) : (QueryFormat?)null;
            if (result.GetValue(asView))
            {
                globals.Shell.Out.WriteLine(ViewOf(result.GetValue(name), isAlone: given is null && result.GetValue(outFile) is null));
                return ExitCode.Succeeded;
            }

            var source = await QuerySource.FindAsync(
                globals.Shell, result.GetValue(sql), result.GetValue(name), result.GetValue(file), cancellationToken);
            var target = QueryTarget.Of(globals.Shell, given, result.GetValue(outFile));
            CheckThatOneFits(source, target);
            await using var lake = await LocalLake.OpenAsync(globals.Read(result), asksTables: true);
            var queries = lake.Services.GetRequiredService<IQueries>();
            if (source is null)
            {
                await new InteractiveShell(globals.Shell, queries, target.Format, lake.StateFolder).RunAsync(cancellationToken);
            }
            else
            {
                await AnswerAsync(globals.Shell, queries, source, target, cancellationToken);
            }

            return ExitCode.Succeeded;
        });
        return command;
    }

    private static async Task AnswerAsync(Shell shell, IQueries queries, QuerySource source, QueryTarget target, CancellationToken cancellationToken)
    {
        foreach (var (index, statement) in source.Statements.Index())
        {
            try
            {
                if (index > 0 && target.Format is QueryFormat.Table or QueryFormat.Vertical or QueryFormat.Markdown)
                {
                    shell.Out.WriteLine();
                }

                var answer = await queries.QueryAsync(statement.Sql, cancellationToken);
                await target.WriteAsync(answer, cancellationToken);
                if (answer.Cost is { } cost)
                {
                    await shell.Error.WriteLineAsync(cost.ToString());
                }
            }
            catch (EtlException exception) when (source.Statements.Count > 1)
            {
                var where = source.Name is { } name ? $" of {name}" : "";
                throw new PermanentEtlException(
                    string.Create(CultureInfo.InvariantCulture, $"Statement {index + 1}, at line {statement.At.Line}{where}: {exception.Message}"), exception);
            }
        }
    }

    private static void CheckThatOneFits(QuerySource? source, QueryTarget target)
    {
        if (source is null && target.IsFile)
        {
            throw new UsageException("--out takes the result of a statement: give one, or type \\out FILE in the shell.");
        }

        if (source is { Statements.Count: > 1 } && (target.IsFile || target.Format is QueryFormat.Parquet))
        {
            throw new UsageException($"A file takes one result, and there are {source.Statements.Count} statements. Give one at a time.");
        }
    }

    // The descriptions stand in a column of their own, which is broken within eighty.
    private static IEnumerable<string> Listed(NamedQuery query) =>
        Paragraph.Lines(query.Description, 80 - NameWidth).Select((line, index) => (index == 0 ? $"  {query.Name}" : "").PadRight(NameWidth) + line);

    private static string ViewOf(string? name, bool isAlone)
    {
        if (!isAlone)
        {
            throw new UsageException("--as-view prints a statement and no result: it takes neither --out nor --format.");
        }

        var query = QuerySource.Named(name ?? throw new UsageException("--as-view makes a view of a named query: give it with --name."));
        return query.IsView ? query.ViewSql : throw new UsageException($"{query.Name} is the name of a table: that query is no view.");
    }
}
