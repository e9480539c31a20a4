using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.DurableTask.Client;
using Microsoft.Extensions.Logging;
using SpotifyEtl.Instances;
using SpotifyEtl.Local.Monitor.Access;
using SpotifyEtl.Local.Monitor.Pages;
using SpotifyEtl.Runs;

namespace SpotifyEtl.Local.Monitor;

/// <summary>What is done with a run from its page: asked for by a link, done by the form that it leads to.</summary>
internal sealed class RunActionRoutes(
    DurableTaskClient client,
    RunReader reader,
    RunRequests requests,
    RunStarter starter,
    RunCancellation cancellation,
    PageGuard guard,
    PageRenderer renderer,
    ILogger<RunActionRoutes> logger)
{
    private const string Reason = "Asked for on the run monitor page.";

    public void Map(IEndpointRouteBuilder routes)
    {
        foreach (var action in RunAction.All)
        {
            routes.MapPage(HttpMethods.Get, "/runs/{runId}/" + action.Name, guard.ForSignedIn(context => AskAsync(context, action)));
            routes.MapPage(HttpMethods.Post, "/runs/{runId}/" + action.Name, guard.ForSignedIn(context => DoAsync(context, action)));
        }
    }

    private async Task AskAsync(HttpContext context, RunAction action)
    {
        if (await FindAsync(context, action) is { } run)
        {
            await renderer.WriteAsync<ConfirmPage>(
                context,
                StatusCodes.Status200OK,
                new PageHead(action.Title),
                (nameof(ConfirmPage.Action), action),
                (nameof(ConfirmPage.RunId), run.InstanceId));
        }
    }

    private async Task DoAsync(HttpContext context, RunAction action)
    {
        if (await FindAsync(context, action) is not { } run)
        {
            return;
        }

        try
        {
            await DoAsync(context, action, run);
        }
        catch (Exception exception) when (exception is InvalidOperationException or ArgumentException)
        {
            // It ended, was held or went between the look at it and the call.
            await renderer.WriteMessageAsync(context, StatusCodes.Status409Conflict, "Not done", exception.Message, run.InstanceId);
        }
    }

    private async Task DoAsync(HttpContext context, RunAction action, OrchestrationMetadata run)
    {
        var runId = run.InstanceId;
        MonitorLog.ActionAsked(logger, runId, action.Name);
        var next = "/runs/" + runId;
        if (action == RunAction.Rerun)
        {
            if (Repeat.Refusal(run) is { } nothing)
            {
                await renderer.WriteMessageAsync(context, StatusCodes.Status409Conflict, "Not started", nothing, runId);
                return;
            }

            var before = run.ReadInputAs<RunRequest>()!;
            var start = await starter.StartAsync(client, requests.CreateAgain(before), runId: null, context.RequestAborted);
            if (start.Refusal is { } refusal)
            {
                var inTheWay = start.RunId.Length > 0 ? start.RunId : runId;
                await renderer.WriteMessageAsync(context, StatusCodes.Status409Conflict, "Not started", refusal, inTheWay);
                return;
            }

            next = "/runs/" + start.RunId;
        }
        else if (action == RunAction.Rewind)
        {
            await client.RewindInstanceAsync(runId, Reason, context.RequestAborted);
        }
        else if (action == RunAction.Suspend)
        {
            await client.SuspendInstanceAsync(runId, Reason, context.RequestAborted);
        }
        else if (action == RunAction.Resume)
        {
            await client.ResumeInstanceAsync(runId, Reason, context.RequestAborted);
        }
        else if (action == RunAction.Cancel)
        {
            await cancellation.TryAsync(client, runId, context.RequestAborted);
        }
        else if (action == RunAction.Purge)
        {
            await client.PurgeInstanceAsync(runId, new PurgeInstanceOptions(Recursive: true), context.RequestAborted);
            next = "/";
        }

        PageRenderer.SeeOther(context, next);
    }

    // Null: it is answered why not.
    private async Task<OrchestrationMetadata?> FindAsync(HttpContext context, RunAction action)
    {
        var runId = context.RouteText("runId");
        if (await reader.FindAsync(runId, context.RequestAborted) is not { } run)
        {
            await renderer.WriteNoRunAsync(context, runId);
            return null;
        }

        if (action.Statuses.Contains(RunInstances.StatusOf(run.RuntimeStatus)))
        {
            return run;
        }

        await renderer.WriteMessageAsync(
            context,
            StatusCodes.Status409Conflict,
            "Not done",
            $"Run {runId} is {RunInstances.StatusOf(run.RuntimeStatus)}; {action.Label.ToLowerInvariant()} is for runs that are "
                + $"{string.Join(", ", action.Statuses)}.",
            runId);
        return null;
    }
}
