using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.Logging;
using SpotifyEtl.Catalog;
using SpotifyEtl.Errors;
using SpotifyEtl.Local.Catalog;
using SpotifyEtl.Local.Catalog.Listing;
using SpotifyEtl.Local.Monitor.Access;
using SpotifyEtl.Local.Monitor.Pages;

namespace SpotifyEtl.Local.Monitor.Sql;

/// <summary>The page where SQL is asked, and its answers as files. A statement is posted, and ends with the request that posted it.</summary>
internal sealed class SqlRoutes(
    IQueries queries, ITableCatalog catalog, AnswerReader reader, PageGuard guard, PageRenderer renderer, TimeProvider time, ILogger<SqlRoutes> logger)
{
    private const string DownloadPath = SqlStart.Path + "/download";

    public void Map(IEndpointRouteBuilder routes)
    {
        routes.MapPage(HttpMethods.Get, SqlStart.Path, guard.ForSignedIn(ShowAsync));
        routes.MapPage(HttpMethods.Post, SqlStart.Path, guard.ForSignedIn(AskAsync));
        routes.MapPage(HttpMethods.Post, DownloadPath, guard.ForSignedIn(DownloadAsync));
    }

    private async Task ShowAsync(HttpContext context)
    {
        if (SqlStart.Find(context.Request.Query, await catalog.ListAsync(context.RequestAborted)) is not { } start)
        {
            await renderer.WriteMessageAsync(
                context,
                StatusCodes.Status404NotFound,
                "Nothing of that name",
                "There is no such query, table or run to begin with. The page SQL lists them.");
            return;
        }

        await WriteAsync(context, StatusCodes.Status200OK, start, answer: null, fault: null);
    }

    private async Task AskAsync(HttpContext context)
    {
        context.Unhurried();
        var form = await context.Request.ReadFormAsync(context.RequestAborted);
        SqlStart asked = new(SqlIn(form));
        try
        {
            var answer = await reader.ReadAsync(asked.Sql, context.RequestAborted);
            await WriteAsync(context, StatusCodes.Status200OK, asked, answer.OrderedBy(AnswerOrder.Parse(form["order"].ToString())), fault: null);
        }
        catch (EtlException exception)
        {
            await WriteFaultAsync(context, asked, exception);
        }
    }

    private async Task DownloadAsync(HttpContext context)
    {
        context.Unhurried();
        var form = await context.Request.ReadFormAsync(context.RequestAborted);
        SqlStart asked = new(SqlIn(form));
        if (AnswerFile.Find(form["format"].ToString()) is not { } file)
        {
            await WriteAsync(
                context,
                StatusCodes.Status400BadRequest,
                asked,
                answer: null,
                SqlFault.Of($"An answer is a file of one of these kinds: {string.Join(", ", AnswerFile.All.Select(one => one.Name))}."));
            return;
        }

        try
        {
            var answer = await queries.QueryAsync(asked.Sql, context.RequestAborted);
            context.Response.ContentType = file.ContentType;
            context.Response.Headers.ContentDisposition = $"attachment; filename=\"{file.NameFor(asked.Sql, time.GetUtcNow())}\"";
            await QueryOutput.WriteAsync(answer, file.Format, context.Response.Body, cancellationToken: context.RequestAborted);
        }
        catch (EtlException exception) when (!context.Response.HasStarted)
        {
            context.Response.Headers.Remove("Content-Disposition");
            await WriteFaultAsync(context, asked, exception);
        }
        catch (EtlException exception)
        {
            // A file that is not whole must not look as if it were.
            MonitorLog.DownloadBrokeOff(logger, exception.Message);
            context.Abort();
        }
    }

    private Task WriteFaultAsync(HttpContext context, SqlStart asked, EtlException exception) => WriteAsync(
        context,
        exception is TransientEtlException ? StatusCodes.Status502BadGateway : StatusCodes.Status400BadRequest,
        asked,
        answer: null,
        SqlFault.Of(exception.Message));

    private async Task WriteAsync(HttpContext context, int status, SqlStart start, ShownAnswer? answer, SqlFault? fault) => await renderer.WriteAsync<SqlPage>(
        context,
        status,
        new PageHead("SQL") { Assets = ["tables.css", "editor.js", "sql.js"] },
        (nameof(SqlPage.Start), start),
        (nameof(SqlPage.Tables), await catalog.ListAsync(context.RequestAborted)),
        (nameof(SqlPage.IsPaid), catalog.IsPaid),
        (nameof(SqlPage.Limit), await catalog.FindLimitAsync(context.RequestAborted)),
        (nameof(SqlPage.Answer), answer),
        (nameof(SqlPage.Fault), fault));

    // Browsers send the lines of a text area with CR and LF, and places in a statement are counted by its lines.
    private static string SqlIn(IFormCollection form) => form["sql"].ToString().ReplaceLineEndings("\n");
}
