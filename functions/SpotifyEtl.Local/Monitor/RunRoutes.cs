using System.Globalization;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using SpotifyEtl.Local.Monitor.Access;
using SpotifyEtl.Local.Monitor.Pages;
using SpotifyEtl.Local.Monitor.RunFiles;
using SpotifyEtl.Local.Monitor.RunList;

namespace SpotifyEtl.Local.Monitor;

/// <summary>The pages that show runs.</summary>
internal sealed class RunRoutes(RunListReader list, RunReader reader, PageGuard guard, PageRenderer renderer)
{
    private static readonly TimeSpan s_listRefresh = TimeSpan.FromSeconds(2);
    private static readonly TimeSpan s_runRefresh = TimeSpan.FromSeconds(1);

    public void Map(IEndpointRouteBuilder routes)
    {
        routes.MapPage(HttpMethods.Get, "/", guard.ForSignedIn(ListAsync));
        routes.MapPage(HttpMethods.Get, "/runs/{runId}", guard.ForSignedIn(ShowAsync));
        routes.MapPage(HttpMethods.Get, "/runs/{runId}/history", guard.ForSignedIn(ShowHistoryAsync));
        routes.MapPage(HttpMethods.Get, "/runs/{runId}/history/{number:int}/{text:int}", guard.ForSignedIn(ShowTextAsync));
        routes.MapPage(HttpMethods.Get, "/runs/{runId}/parts/{part}", guard.ForSignedIn(ShowPartAsync));
        routes.MapPage(HttpMethods.Get, "/runs/{runId}/parts/{part}/history", guard.ForSignedIn(ShowHistoryAsync));
        routes.MapPage(HttpMethods.Get, "/runs/{runId}/parts/{part}/history/{number:int}/{text:int}", guard.ForSignedIn(ShowTextAsync));
    }

    private async Task ListAsync(HttpContext context)
    {
        var page = await list.ReadAsync(RunListQuery.Read(context.Request.Query), context.RequestAborted);
        await renderer.WriteAsync<RunsPage>(context, StatusCodes.Status200OK, new PageHead("Runs", s_listRefresh), (nameof(RunsPage.List), page));
    }

    private async Task ShowAsync(HttpContext context)
    {
        var runId = context.RouteText("runId");
        if (await reader.ReadAsync(runId, FileListQuery.Read(context.Request.Query), context.RequestAborted) is not { } run)
        {
            await renderer.WriteNoRunAsync(context, runId);
            return;
        }

        await renderer.WriteAsync<RunPage>(
            context, StatusCodes.Status200OK, new PageHead(runId, run.Run.IsLive ? s_runRefresh : null), (nameof(RunPage.Run), run));
    }

    private async Task ShowPartAsync(HttpContext context)
    {
        var (runId, name) = (context.RouteText("runId"), context.RouteText("part"));
        if (await reader.ReadPartAsync(runId, name, context.RequestAborted) is not { } part)
        {
            await WriteNoPartAsync(context, runId, name);
            return;
        }

        await renderer.WriteAsync<PartPage>(
            context,
            StatusCodes.Status200OK,
            new PageHead(part.Instance.InstanceId, part.Instance.IsCompleted ? null : s_runRefresh),
            (nameof(PartPage.RunId), runId),
            (nameof(PartPage.Part), part));
    }

    private async Task ShowHistoryAsync(HttpContext context)
    {
        var (runId, part) = (context.RouteText("runId"), context.RouteText("part"));
        if (await reader.ReadHistoryAsync(RunReader.PartId(runId, part), Page(context), context.RequestAborted) is not { } history)
        {
            await (part.Length > 0 ? WriteNoPartAsync(context, runId, part) : renderer.WriteNoRunAsync(context, runId));
            return;
        }

        await renderer.WriteAsync<HistoryPage>(
            context,
            StatusCodes.Status200OK,
            new PageHead($"History of {history.Instance.InstanceId}", history.Instance.IsCompleted ? null : s_runRefresh),
            (nameof(HistoryPage.RunId), runId),
            (nameof(HistoryPage.History), history));
    }

    // Plain text, whatever it holds: nosniff and the policy keep browsers from reading it as a page.
    private async Task ShowTextAsync(HttpContext context)
    {
        var instanceId = RunReader.PartId(context.RouteText("runId"), context.RouteText("part"));
        var (number, index) = (Number(context, "number"), Number(context, "text"));
        if (await reader.ReadTextAsync(instanceId, number, index, context.RequestAborted) is not { } text)
        {
            await renderer.WriteMessageAsync(context, StatusCodes.Status404NotFound, "No such text", $"The history of {instanceId} has no such text.");
            return;
        }

        context.Response.ContentType = "text/plain; charset=utf-8";
        await context.Response.WriteAsync(MonitorText.Payload(text), context.RequestAborted);
    }

    private Task WriteNoPartAsync(HttpContext context, string runId, string part) => renderer.WriteMessageAsync(
        context, StatusCodes.Status404NotFound, "No such part", $"The run {runId} has no part {part}, or it was purged.");

    private static int Page(HttpContext context) =>
        int.TryParse(context.Request.Query["page"], NumberStyles.None, CultureInfo.InvariantCulture, out var page) && page > 0 ? page : 1;

    private static int Number(HttpContext context, string name) =>
        int.Parse(context.RouteText(name), NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture);
}
