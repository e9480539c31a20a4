using System.Text.Encodings.Web;
using System.Text.Unicode;
using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Web;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging.Abstractions;
using SpotifyEtl.Local.Monitor.Access;

namespace SpotifyEtl.Local.Monitor.Pages;

/// <summary>Writes pages as answers. Razor encodes all that they show.</summary>
internal sealed class PageRenderer(Sessions sessions) : IAsyncDisposable
{
    // Letters of all scripts stay as they are: the pages are UTF-8.
    private readonly ServiceProvider _services = new ServiceCollection().AddSingleton(HtmlEncoder.Create(UnicodeRanges.All)).BuildServiceProvider();

    public async Task WriteAsync<TPage>(HttpContext context, int status, PageHead head, params (string Name, object? Value)[] parameters)
        where TPage : IComponent
    {
        await using HtmlRenderer renderer = new(_services, NullLoggerFactory.Instance);
        var html = await renderer.Dispatcher.InvokeAsync(async () =>
        {
            var layout = ParameterView.FromDictionary(new Dictionary<string, object?>(StringComparer.Ordinal)
            {
                [nameof(Layout.Head)] = head,
                [nameof(Layout.CanSignOut)] = sessions.AreNeeded && sessions.Includes(context.Request),
                [nameof(Layout.Page)] = typeof(TPage),
                [nameof(Layout.Parameters)] = parameters.ToDictionary(parameter => parameter.Name, parameter => parameter.Value, StringComparer.Ordinal),
            });
            return (await renderer.RenderComponentAsync<Layout>(layout)).ToHtmlString();
        });
        context.Response.StatusCode = status;
        context.Response.ContentType = "text/html; charset=utf-8";
        await context.Response.WriteAsync(html, context.RequestAborted);
    }

    public Task WriteMessageAsync(HttpContext context, int status, string title, string message, string? runId = null) =>
        WriteAsync<MessagePage>(context, status, new PageHead(title), (nameof(MessagePage.Title), title), (nameof(MessagePage.Message), message), (nameof(MessagePage.RunId), runId));

    public Task WriteNoRunAsync(HttpContext context, string runId) => WriteMessageAsync(
        context, StatusCodes.Status404NotFound, "No such run", $"There is no run {runId}. Its history may have been purged; its record is in the lake for as long as you keep it.");

    /// <summary>Sends the browser on to another page of this host.</summary>
    public static void SeeOther(HttpContext context, string path)
    {
        context.Response.StatusCode = StatusCodes.Status303SeeOther;
        context.Response.Headers.Location = path;
    }

    public ValueTask DisposeAsync() => _services.DisposeAsync();
}

/// <summary>What a page says of itself.</summary>
/// <param name="Title">Its title.</param>
/// <param name="RefreshEvery">How often its live parts are fetched anew; null: they do not change.</param>
public sealed record PageHead(string Title, TimeSpan? RefreshEvery = null);
