using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using SpotifyEtl.Local.Monitor.Pages;

namespace SpotifyEtl.Local.Monitor.Access;

/// <summary>Signing in to the pages of a host that has keys, and out.</summary>
internal sealed class SignInRoutes(Sessions sessions, PageGuard guard, PageRenderer renderer)
{
    public void Map(IEndpointRouteBuilder routes)
    {
        routes.MapPage(HttpMethods.Get, "/sign-in", guard.Open(ShowAsync));
        routes.MapPage(HttpMethods.Post, "/sign-in", guard.Open(SignInAsync));
        routes.MapPage(HttpMethods.Post, "/sign-out", guard.Open(SignOut));
    }

    private Task ShowAsync(HttpContext context)
    {
        if (!sessions.Includes(context.Request))
        {
            return WriteAsync(context, StatusCodes.Status200OK, context.Request.Query["next"].ToString(), isWrong: false);
        }

        PageRenderer.SeeOther(context, "/");
        return Task.CompletedTask;
    }

    private async Task SignInAsync(HttpContext context)
    {
        var form = await context.Request.ReadFormAsync(context.RequestAborted);
        var next = form["next"].ToString();
        if (sessions.TryBegin(context, form["key"].ToString().Trim()))
        {
            PageRenderer.SeeOther(context, IsOwn(next) ? next : "/");
            return;
        }

        await WriteAsync(context, StatusCodes.Status403Forbidden, next, isWrong: true);
    }

    private Task SignOut(HttpContext context)
    {
        sessions.End(context);
        PageRenderer.SeeOther(context, "/sign-in");
        return Task.CompletedTask;
    }

    private Task WriteAsync(HttpContext context, int status, string next, bool isWrong) =>
        renderer.WriteAsync<SignInPage>(context, status, new PageHead("Sign in"), (nameof(SignInPage.Next), next), (nameof(SignInPage.IsWrong), isWrong));

    // Only a path of this host: browsers read // and /\ as another host's name.
    private static bool IsOwn(string next) =>
        next.StartsWith('/') && !next.StartsWith("//", StringComparison.Ordinal) && !next.Contains('\\', StringComparison.Ordinal) && !next.Any(char.IsControl);
}
