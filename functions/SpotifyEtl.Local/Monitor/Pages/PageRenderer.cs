using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Http;
using SpotifyEtl.Local.Demo;
using SpotifyEtl.Local.Html;
using SpotifyEtl.Local.Monitor.Access;
using SpotifyEtl.Local.Report;

namespace SpotifyEtl.Local.Monitor.Pages;

/// <summary>Writes pages as answers.</summary>
internal sealed class PageRenderer(Sessions sessions, DemoMode demo, LatestReport report)
{
    public async Task WriteAsync<TPage>(HttpContext context, int status, PageHead head, params (string Name, object? Value)[] parameters)
        where TPage : IComponent
    {
        var html = await ComponentHtml.RenderAsync<Layout>(
            (nameof(Layout.Head), head),
            (nameof(Layout.Banner), demo.IsOn ? demo.OfServer : null),
            (nameof(Layout.HasReport), report.WrittenAt is not null),
            (nameof(Layout.CanSignOut), sessions.AreNeeded && sessions.Includes(context.Request)),
            (nameof(Layout.Page), typeof(TPage)),
            (nameof(Layout.Parameters), parameters.ToDictionary(parameter => parameter.Name, parameter => parameter.Value, StringComparer.Ordinal)));
        context.Response.StatusCode = status;
        context.Response.ContentType = "text/html; charset=utf-8";
        await context.Response.WriteAsync(html, context.RequestAborted);
    }

    public Task WriteMessageAsync(HttpContext context, int status, string title, string message, string? runId = null) => WriteAsync<MessagePage>(
        context,
        status,
        new PageHead(title),
        (nameof(MessagePage.Title), title),
        (nameof(MessagePage.Message), message),
        (nameof(MessagePage.RunId), runId));

    public Task WriteNoRunAsync(HttpContext context, string runId) => WriteMessageAsync(
        context,
        StatusCodes.Status404NotFound,
        "No such run",
        $"There is no run {runId}. Its history may have been purged; its record is in the lake for as long as you keep it.");

    /// <summary>Sends the browser on to another page of this host.</summary>
    public static void SeeOther(HttpContext context, string path)
    {
        context.Response.StatusCode = StatusCodes.Status303SeeOther;
        context.Response.Headers.Location = path;
    }
}

/// <summary>What a page says of itself.</summary>
/// <param name="Title">Its title.</param>
/// <param name="RefreshEvery">How often its live parts are fetched anew; null: they do not change.</param>
public sealed record PageHead(string Title, TimeSpan? RefreshEvery = null)
{
    /// <summary>The styles and scripts that it loads beside those that all pages have.</summary>
    public IReadOnlyList<string> Assets { get; init; } = [];
}
