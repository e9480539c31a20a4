using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using SpotifyEtl.Errors;
using SpotifyEtl.Local.Catalog.Listing;
using SpotifyEtl.Local.Monitor.Access;
using SpotifyEtl.Local.Monitor.Pages;

namespace SpotifyEtl.Local.Monitor.Sql;

/// <summary>The page where SQL is asked. A statement is posted, and ends with the request that posted it.</summary>
internal sealed class SqlRoutes(ITableCatalog catalog, AnswerReader reader, SqlPageWriter page, PageGuard guard, PageRenderer renderer)
{
    public void Map(IEndpointRouteBuilder routes)
    {
        routes.MapPage(HttpMethods.Get, SqlStart.Path, guard.ForSignedIn(ShowAsync));
        routes.MapPage(HttpMethods.Post, SqlStart.Path, guard.ForQueries(AskAsync));
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

        await page.WriteAsync(context, start);
    }

    private async Task AskAsync(HttpContext context)
    {
        var form = await context.Request.ReadFormAsync(context.RequestAborted);
        var asked = SqlStart.Of(form);
        try
        {
            var answer = await reader.ReadAsync(asked.Sql, context.RequestAborted);
            await page.WriteAsync(context, asked, answer.OrderedBy(AnswerOrder.Parse(form["order"].ToString())));
        }
        catch (EtlException exception)
        {
            await page.WriteAsync(context, asked, exception);
        }
    }
}
