using System.Globalization;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using SpotifyEtl.Catalog.Queries;
using SpotifyEtl.Errors;
using SpotifyEtl.Local.Catalog.Listing;
using SpotifyEtl.Local.Monitor.Access;
using SpotifyEtl.Local.Monitor.Pages;
using SpotifyEtl.Local.Monitor.Sql;

namespace SpotifyEtl.Local.Monitor.Tables;

/// <summary>The pages of the tables. What has to be asked of a table is asked when somebody wants it, and where that takes or costs nothing, at once.</summary>
internal sealed class TableRoutes(ITableCatalog catalog, AnswerReader reader, PageGuard guard, PageRenderer renderer)
{
    private const string Path = "/tables";
    private const int SampleRows = 20;

    public void Map(IEndpointRouteBuilder routes)
    {
        routes.MapPage(HttpMethods.Get, Path, guard.ForSignedIn(ListAsync));
        routes.MapPage(HttpMethods.Get, Path + "/{name}", guard.ForQueries(ShowAsync));
        routes.MapPage(HttpMethods.Post, Path + "/{name}", guard.ForQueries(AskAsync));
    }

    /// <summary>The page of a table.</summary>
    public static string AddressOf(string table) => $"{Path}/{table}";

    private async Task ListAsync(HttpContext context) => await renderer.WriteAsync<TablesPage>(
        context,
        StatusCodes.Status200OK,
        new PageHead("Tables") { Assets = ["tables.css"] },
        (nameof(TablesPage.Tables), await catalog.ListAsync(context.RequestAborted)),
        (nameof(TablesPage.Figures), await catalog.LookAsync(context.RequestAborted)),
        (nameof(TablesPage.IsPaid), catalog.IsPaid));

    private async Task ShowAsync(HttpContext context)
    {
        if (await FindAsync(context) is { } table)
        {
            await WriteAsync(context, table, await FiguresAsync(table, context), table.IsStored && !catalog.IsPaid);
        }
    }

    private async Task AskAsync(HttpContext context)
    {
        if (await FindAsync(context) is not { } table)
        {
            return;
        }

        var form = await context.Request.ReadFormAsync(context.RequestAborted);
        var figures = await FiguresAsync(table, context);
        if (form["ask"] == "rows")
        {
            figures = await CountAsync(table, figures, context.RequestAborted);
        }

        await WriteAsync(context, table, figures, form["ask"] == "sample" || (table.IsStored && !catalog.IsPaid));
    }

    private async Task<LakeTable?> FindAsync(HttpContext context)
    {
        var name = context.RouteText("name");
        var table = (await catalog.ListAsync(context.RequestAborted)).FirstOrDefault(table => table.Name == name);
        if (table is null)
        {
            await renderer.WriteMessageAsync(
                context, StatusCodes.Status404NotFound, "No such table", $"There is no table or view {name}. The page Tables lists them.");
        }

        return table;
    }

    private async Task<TableFigures> FiguresAsync(LakeTable table, HttpContext context) =>
        (await catalog.LookAsync(context.RequestAborted)).GetValueOrDefault(table.Name) ?? new TableFigures();

    // A named query is a view in Athena only where somebody has made it.
    private string SourceOf(LakeTable table) =>
        table.Kind is LakeTableKind.Query && catalog.IsPaid ? $"(\n{NamedQueries.Get(table.Name).Sql}\n) AS asked" : table.Name;

    private async Task<TableFigures> CountAsync(LakeTable table, TableFigures known, CancellationToken cancellationToken)
    {
        try
        {
            var answer = await reader.ReadAsync($"SELECT count(*) AS counted FROM {SourceOf(table)}", cancellationToken);
            return known with { Rows = long.Parse(answer.Rows[0][0].Text!, CultureInfo.InvariantCulture), CountCost = answer.Cost };
        }
        catch (EtlException exception)
        {
            return known with { Problem = exception.Message };
        }
    }

    private async Task WriteAsync(HttpContext context, LakeTable table, TableFigures figures, bool asksSample)
    {
        var (sample, problem) = ((ShownAnswer?)null, (string?)null);
        try
        {
            sample = asksSample ? await reader.ReadAsync($"SELECT * FROM {SourceOf(table)} LIMIT {SampleRows}", context.RequestAborted) : null;
        }
        catch (EtlException exception)
        {
            problem = exception.Message;
        }

        await renderer.WriteAsync<TablePage>(
            context,
            StatusCodes.Status200OK,
            new PageHead(table.Name) { Assets = ["tables.css"] },
            (nameof(TablePage.Table), table),
            (nameof(TablePage.Figures), figures),
            (nameof(TablePage.Sample), sample),
            (nameof(TablePage.Problem), problem),
            (nameof(TablePage.IsPaid), catalog.IsPaid));
    }
}
