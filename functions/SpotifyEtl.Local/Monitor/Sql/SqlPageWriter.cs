using Microsoft.AspNetCore.Http;
using SpotifyEtl.Errors;
using SpotifyEtl.Local.Catalog.Listing;
using SpotifyEtl.Local.Monitor.Pages;

namespace SpotifyEtl.Local.Monitor.Sql;

/// <summary>Writes the SQL page, with a statement and what became of it.</summary>
internal sealed class SqlPageWriter(ITableCatalog catalog, PageRenderer renderer)
{
    public Task WriteAsync(HttpContext context, SqlStart start, ShownAnswer? answer = null) =>
        WriteAsync(context, StatusCodes.Status200OK, start, answer, fault: null);

    /// <summary>Says why a statement was not answered.</summary>
    public Task WriteAsync(HttpContext context, SqlStart start, EtlException exception) => WriteAsync(
        context,
        exception is TransientEtlException ? StatusCodes.Status502BadGateway : StatusCodes.Status400BadRequest,
        start,
        answer: null,
        SqlFault.Of(exception.Message));

    private async Task WriteAsync(HttpContext context, int status, SqlStart start, ShownAnswer? answer, SqlFault? fault) => await renderer.WriteAsync<SqlPage>(
        context,
        status,
        new PageHead("SQL") { Assets = ["tables.css", "editor.js", "sql.js"] },
        (nameof(SqlPage.Start), start),
        (nameof(SqlPage.Tables), await catalog.ListAsync(context.RequestAborted)),
        (nameof(SqlPage.Limit), await catalog.FindLimitAsync(context.RequestAborted)),
        (nameof(SqlPage.Answer), answer),
        (nameof(SqlPage.Fault), fault));
}
