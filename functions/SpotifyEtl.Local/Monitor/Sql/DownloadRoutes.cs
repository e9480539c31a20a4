using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.Logging;
using SpotifyEtl.Catalog;
using SpotifyEtl.Errors;
using SpotifyEtl.Local.Formats;
using SpotifyEtl.Local.Monitor.Access;

namespace SpotifyEtl.Local.Monitor.Sql;

/// <summary>Answers as files: all rows, sent as they are read. The query ends when the one who asked is gone, or stops it.</summary>
internal sealed class DownloadRoutes(
    IQueries queries, SqlPageWriter page, Downloads downloads, PageGuard guard, TimeProvider time, ILogger<DownloadRoutes> logger)
{
    private const string Path = SqlStart.Path + "/download";

    public void Map(IEndpointRouteBuilder routes)
    {
        routes.MapPage(HttpMethods.Post, Path, guard.ForQueries(DownloadAsync));
        routes.MapPage(HttpMethods.Post, Path + "/outcome", guard.ForQueries(TellAsync));
        routes.MapPage(HttpMethods.Post, Path + "/cancel", guard.ForSignedIn(CancelAsync));
    }

    private async Task DownloadAsync(HttpContext context)
    {
        var form = await context.Request.ReadFormAsync(context.RequestAborted);
        var asked = SqlStart.Of(form);
        var download = downloads.Find(form["id"].ToString());
        using var either = CancellationTokenSource.CreateLinkedTokenSource(context.RequestAborted, download?.Cancelled ?? CancellationToken.None);
        try
        {
            var file = AnswerFile.Find(form["format"].ToString());
            var outcome = await SendAsync(context, asked.Sql, file, either.Token);
            download?.End(outcome);
        }
        catch (EtlException exception)
        {
            download?.End(new DownloadOutcome(exception.Message, IsWhole: false));
            await BreakOffAsync(context, asked, exception);
        }
        catch (OperationCanceledException) when (!context.RequestAborted.IsCancellationRequested)
        {
            BreakOff(context);
        }
        finally
        {
            download?.End(new DownloadOutcome("Cancelled: the file is not whole.", IsWhole: false));
        }
    }

    private async Task<DownloadOutcome> SendAsync(HttpContext context, string sql, AnswerFile file, CancellationToken cancellationToken)
    {
        var start = time.GetTimestamp();
        var name = file.NameFor(sql, time.GetUtcNow());
        var answer = await queries.QueryAsync(sql, cancellationToken);
        context.Response.ContentType = file.ContentType;
        context.Response.Headers.ContentDisposition = $"attachment; filename=\"{name}\"";
        var rows = await QueryOutput.WriteAsync(answer, file.Format, context.Response.Body, cancellationToken: cancellationToken);
        return new DownloadOutcome(
            $"{name}: {MonitorText.Number(rows)} {(rows == 1 ? "row" : "rows")}, {MonitorText.Duration(time.GetElapsedTime(start))}."
                + (answer.Cost is { } cost ? $" {cost}" : ""),
            IsWhole: true);
    }

    private async Task BreakOffAsync(HttpContext context, SqlStart asked, EtlException exception)
    {
        if (context.Response.HasStarted)
        {
            // A file that is not whole must not look as if it were.
            MonitorLog.DownloadBrokeOff(logger, exception.Message);
            context.Abort();
            return;
        }

        context.Response.Headers.Remove("Content-Disposition");
        await page.WriteAsync(context, asked, exception);
    }

    // A browser that is told that there is nothing stays on the page that it shows.
    private static void BreakOff(HttpContext context)
    {
        if (context.Response.HasStarted)
        {
            context.Abort();
            return;
        }

        context.Response.Headers.Remove("Content-Disposition");
        context.Response.ContentType = null;
        context.Response.StatusCode = StatusCodes.Status204NoContent;
    }

    private async Task TellAsync(HttpContext context)
    {
        var form = await context.Request.ReadFormAsync(context.RequestAborted);
        if (downloads.Find(form["id"].ToString()) is not { } download)
        {
            context.Response.StatusCode = StatusCodes.Status404NotFound;
            return;
        }

        var outcome = await download.Outcome.WaitAsync(context.RequestAborted);
        await context.Response.WriteAsJsonAsync(outcome, context.RequestAborted);
    }

    private async Task CancelAsync(HttpContext context)
    {
        var form = await context.Request.ReadFormAsync(context.RequestAborted);
        await (downloads.Find(form["id"].ToString())?.CancelAsync() ?? Task.CompletedTask);
        context.Response.StatusCode = StatusCodes.Status204NoContent;
    }
}
