using System.Globalization;
using EmbeddedHost.TaskHub;
using EmbeddedHost.Timers;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using SpotifyEtl.Lake;
using SpotifyEtl.Local.Monitor.Access;
using SpotifyEtl.Local.Monitor.Pages;
using SpotifyEtl.Local.Monitor.RunList;
using SpotifyEtl.Triggers;

namespace SpotifyEtl.Local.Monitor;

/// <summary>The pages that show runs.</summary>
internal sealed class RunRoutes(
    IInstanceSearch instances, ITimerSchedules schedules, RunReader reader, ILake lake, TimeProvider time, PageGuard guard, PageRenderer renderer)
{
    private static readonly TimeSpan s_listRefresh = TimeSpan.FromSeconds(2);
    private static readonly TimeSpan s_runRefresh = TimeSpan.FromSeconds(1);

    public void Map(IEndpointRouteBuilder routes)
    {
        routes.MapPage(HttpMethods.Get, "/", guard.ForSignedIn(ListAsync));
        routes.MapPage(HttpMethods.Get, "/runs/{runId}", guard.ForSignedIn(ShowAsync));
        routes.MapPage(HttpMethods.Get, "/runs/{runId}/parts/{part}", guard.ForSignedIn(ShowPartAsync));
        routes.MapPage(HttpMethods.Get, "/runs/{runId}/history/{number:int}/{text:int}", guard.ForSignedIn(ShowTextAsync));
        routes.MapPage(HttpMethods.Get, "/runs/{runId}/parts/{part}/history/{number:int}/{text:int}", guard.ForSignedIn(ShowTextAsync));
    }

    private async Task ListAsync(HttpContext context)
    {
        var query = RunListQuery.Read(context.Request.Query);
        var (found, total) = await instances.FindAsync(query.ToFilter(), context.RequestAborted);
        var now = time.GetUtcNow();
        var list = new RunListPage(
            query,
            [.. found.Select(instance => RunRow.Of(instance, now))],
            total,
            schedules.List().FirstOrDefault(function => function.Name == nameof(ScheduledRun)),
            lake.Location);
        await renderer.WriteAsync<RunsPage>(context, StatusCodes.Status200OK, new PageHead("Runs", s_listRefresh), (nameof(RunsPage.List), list));
    }

    private async Task ShowAsync(HttpContext context)
    {
        var runId = context.RouteText("runId");
        if (await reader.ReadAsync(runId, context.RequestAborted) is not { } run)
        {
            await renderer.WriteNoRunAsync(context, runId);
            return;
        }

        await renderer.WriteAsync<RunPage>(
            context,
            StatusCodes.Status200OK,
            new PageHead(runId, run.Run.IsLive ? s_runRefresh : null),
            (nameof(RunPage.Run), run),
            (nameof(RunPage.HistoryPage), Page(context)));
    }

    private async Task ShowPartAsync(HttpContext context)
    {
        var runId = context.RouteText("runId");
        if (await reader.ReadPartAsync(runId, context.RouteText("part"), context.RequestAborted) is not { } part)
        {
            await renderer.WriteMessageAsync(
                context, StatusCodes.Status404NotFound, "No such part", $"The run {runId} has no part {context.RouteText("part")}, or it was purged.");
            return;
        }

        await renderer.WriteAsync<PartPage>(
            context,
            StatusCodes.Status200OK,
            new PageHead(part.Instance.InstanceId, part.Instance.IsCompleted ? null : s_runRefresh),
            (nameof(PartPage.RunId), runId),
            (nameof(PartPage.Part), part),
            (nameof(PartPage.HistoryPage), Page(context)));
    }

    // Plain text, whatever it holds: nosniff and the policy keep browsers from reading it as a page.
    private async Task ShowTextAsync(HttpContext context)
    {
        var (runId, part) = (context.RouteText("runId"), context.RouteText("part"));
        var instanceId = part.Length > 0 ? RunReader.PartId(runId, part) : runId;
        var (number, index) = (Number(context, "number"), Number(context, "text"));
        if (await reader.ReadTextAsync(instanceId, number, index, context.RequestAborted) is not { } text)
        {
            await renderer.WriteMessageAsync(context, StatusCodes.Status404NotFound, "No such text", $"The history of {instanceId} has no such text.");
            return;
        }

        context.Response.ContentType = "text/plain; charset=utf-8";
        await context.Response.WriteAsync(MonitorText.Payload(text), context.RequestAborted);
    }

    private static int Page(HttpContext context) =>
        int.TryParse(context.Request.Query["page"], NumberStyles.None, CultureInfo.InvariantCulture, out var page) && page > 0 ? page : 1;

    private static int Number(HttpContext context, string name) =>
        int.Parse(context.RouteText(name), NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture);
}
