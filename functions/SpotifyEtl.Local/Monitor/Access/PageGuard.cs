using System.Text.Encodings.Web;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Timeouts;
using Microsoft.Extensions.Hosting;
using SpotifyEtl.Local.Monitor.Pages;

namespace SpotifyEtl.Local.Monitor.Access;

/// <summary>What every request of the pages goes through: strict headers, no form of another site, and a session where the host has keys.</summary>
internal sealed class PageGuard(Sessions sessions, PageRenderer renderer, IHostApplicationLifetime lifetime)
{
    // Scripts, styles and requests of this host alone; nothing inline, nothing framed.
    private const string ContentSecurityPolicy =
        "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; connect-src 'self'; form-action 'self'; frame-ancestors 'none'; "
            + "base-uri 'none'";

    /// <summary>A page for those who may see it; the others are sent to sign in.</summary>
    public RequestDelegate ForSignedIn(RequestDelegate page) => Open(context =>
    {
        if (sessions.Includes(context.Request))
        {
            return page(context);
        }

        // A form that was sent is not sent again after signing in: only its page is shown.
        var wanted = HttpMethods.IsGet(context.Request.Method) ? context.Request.Path + context.Request.QueryString.ToString() : "/";
        PageRenderer.SeeOther(context, wanted == "/" ? "/sign-in" : "/sign-in?next=" + UrlEncoder.Default.Encode(wanted));
        return Task.CompletedTask;
    });

    /// <summary>A page for those who may see it, which asks a query: it takes the time that takes, and ends when who asked is gone or the host stops.</summary>
    public RequestDelegate ForQueries(RequestDelegate page) => ForSignedIn(async context =>
    {
        context.Features.Get<IHttpRequestTimeoutFeature>()?.DisableTimeout();
        var gone = context.RequestAborted;
        using var either = CancellationTokenSource.CreateLinkedTokenSource(gone, lifetime.ApplicationStopping);
        context.RequestAborted = either.Token;
        try
        {
            await page(context);
        }
        catch (OperationCanceledException) when (lifetime.ApplicationStopping.IsCancellationRequested)
        {
            context.Abort();
        }
        finally
        {
            context.RequestAborted = gone;
        }
    });

    /// <summary>A page for everybody whom the host lets in.</summary>
    public RequestDelegate Open(RequestDelegate page) => context =>
    {
        var headers = context.Response.Headers;
        headers.ContentSecurityPolicy = ContentSecurityPolicy;
        headers.XContentTypeOptions = "nosniff";
        headers.XFrameOptions = "DENY";
        headers["Referrer-Policy"] = "same-origin";
        headers["Cross-Origin-Opener-Policy"] = "same-origin";
        headers["Cross-Origin-Resource-Policy"] = "same-origin";
        headers.CacheControl = "no-store";
        return HttpMethods.IsGet(context.Request.Method) || IsOfThisSite(context.Request)
            ? page(context)
            : renderer.WriteMessageAsync(
                context,
                StatusCodes.Status403Forbidden,
                "Refused",
                "This request does not come from a page of this host, so it was not carried out. Programs use the HTTP API: POST /api/runs.");
    };

    // Browsers send Origin with every POST, and pages cannot forge it: https://developer.mozilla.org/docs/Web/HTTP/Headers/Origin.
    private static bool IsOfThisSite(HttpRequest request) =>
        Uri.TryCreate(request.Headers.Origin.ToString(), UriKind.Absolute, out var origin)
            && string.Equals(origin.Authority, request.Host.Value, StringComparison.OrdinalIgnoreCase);
}
