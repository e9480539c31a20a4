using System.CommandLine;
using Microsoft.Extensions.DependencyInjection;
using SpotifyEtl.Catalog;
using SpotifyEtl.Catalog.Queries;
using SpotifyEtl.Local.Catalog;
using SpotifyEtl.Local.Hosting;
using SpotifyEtl.Local.Terminal;
using SpotifyEtl.Transform.Tables;

namespace SpotifyEtl.Local.CommandLine;

/// <summary><c>query</c>: SQL over the lake's tables.</summary>
internal static class QueryCommand
{
    private const int NameWidth = 26;

    private static string Details => $"""
        The tables are as they were when they were last crawled. On a terminal a table is fitted to its width; in a pipe nothing is cut.

        Tables: {string.Join(", ", Table.All.Select(table => table.CatalogName))}. All columns are text, as in Athena: TRY_CAST what is a number.
        A folder lake has the tables runs and files too: the records of run_data.

        Named queries, which are views too: on a folder lake they are there, on S3 make them once as the last example shows.
        {string.Join(Environment.NewLine, NamedQueries.All.SelectMany(Listed))}

        Examples:
          spotify-etl query --name top_songs
          spotify-etl query "SELECT count(*) AS songs FROM songs_latest" --format json
          spotify-etl query --name chart_moves --format csv > moves.csv
          spotify-etl query "SELECT song_name FROM chart_moves WHERE move = 'new'"
          spotify-etl query "SELECT runId, status, rows.song FROM runs ORDER BY startedAt DESC"
          spotify-etl query --lake s3://BUCKET "$(spotify-etl query --name chart_moves --as-view)"
        """;

    public static Command Create(GlobalOptions globals)
    {
        Argument<string?> sql = new("SQL") { Description = "One SQL statement.", Arity = ArgumentArity.ZeroOrOne };
        Option<string?> name = new("--name") { Description = "A named query instead.", HelpName = "QUERY" };
        Option<bool> asView = new("--as-view")
        {
            Description = "With --name: print the statement that makes a view of that query, for Athena, and run nothing.",
        };
        name.CompletionSources.Add([.. NamedQueries.All.Select(query => query.Name)]);
        Option<QueryFormat> format = new("--format")
        {
            Description = "How to print the result: table, vertical (a field a line), csv or json. Default: table.",
            HelpName = "FORMAT",
        };
        format.TakesNames();
        Verb command = new("query", "Answers SQL over the lake's tables.", Details) { sql, name, asView, format };
        command.WhenStopped = _ => "Stopped: the query was not answered to its end.";
        command.StopPatience = Verb.Promptly;
        command.SetAction(async (result, cancellationToken) =>
        {
            var statement = Statement(result.GetValue(sql), result.GetValue(name));
            if (result.GetValue(asView))
            {
                globals.Shell.Out.WriteLine(ViewOf(result.GetValue(name)));
                return ExitCode.Succeeded;
            }

            using var host = LocalHost.AtRest(globals.Read(result));
            var answer = await host.Services.GetRequiredService<IQueries>().QueryAsync(statement, cancellationToken);
            await QueryOutput.WriteAsync(answer, result.GetValue(format), globals.Shell.OpenOut(), globals.Shell.Width, cancellationToken);
            if (answer.Cost is { } cost)
            {
                await globals.Shell.Error.WriteLineAsync(cost.ToString());
            }

            return ExitCode.Succeeded;
        });
        return command;
    }

    // The descriptions stand in a column of their own, which is broken within eighty.
    private static IEnumerable<string> Listed(NamedQuery query) =>
        Paragraph.Lines(query.Description, 80 - NameWidth).Select((line, index) => (index == 0 ? $"  {query.Name}" : "").PadRight(NameWidth) + line);

    private static string Statement(string? sql, string? name) => (sql, name) switch
    {
        ({ } text, null) => text,
        (null, { } named) => Named(named).Sql,
        (null, null) => throw new UsageException("Give an SQL statement, or --name with the name of a query."),
        _ => throw new UsageException("Give an SQL statement or --name, not both."),
    };

    private static NamedQuery Named(string name) => Suggestion.For(name, NamedQueries.All.Select(query => query.Name)) is { Length: > 0 } suggestion
        && !NamedQueries.All.Any(query => query.Name.Equals(name, StringComparison.OrdinalIgnoreCase))
            ? throw new UsageException($"There is no query '{name}'.{suggestion} 'spotify-etl query --help' lists them all.")
            : NamedQueries.Get(name);

    private static string ViewOf(string? name)
    {
        var query = Named(name ?? throw new UsageException("--as-view makes a view of a named query: give it with --name."));
        return query.IsView ? query.ViewSql : throw new UsageException($"{query.Name} is the name of a table: that query is no view.");
    }
}
