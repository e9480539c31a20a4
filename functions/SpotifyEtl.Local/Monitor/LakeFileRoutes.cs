using System.Text;
using System.Text.Encodings.Web;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using SpotifyEtl.Errors;
using SpotifyEtl.Lake;
using SpotifyEtl.Local.Monitor.Access;
using SpotifyEtl.Local.Monitor.Pages;
using SpotifyEtl.Local.Report;

namespace SpotifyEtl.Local.Monitor;

/// <summary>What runs leave beside their history: why files were rejected, and the report.</summary>
internal sealed class LakeFileRoutes(ILake lake, LatestReport report, PageGuard guard, PageRenderer renderer)
{
    // It has its style in itself, and says so; it runs nothing but what shows images, and in a sandbox it is of no origin.
    private static readonly string s_reportPolicy =
        $"default-src 'none'; style-src 'unsafe-inline'; {ReportRenderer.ImagePolicy}base-uri 'none'; form-action 'none'; frame-ancestors 'none'; "
        + "sandbox allow-scripts";

    private const int MostBytes = 64 * 1024;

    public void Map(IEndpointRouteBuilder routes)
    {
        routes.MapPage(HttpMethods.Get, "/rejected", guard.ForSignedIn(ShowErrorAsync));
        routes.MapPage(HttpMethods.Get, "/report", guard.ForSignedIn(ShowReportAsync));
    }

    /// <summary>Where the page is that shows why a raw file was rejected.</summary>
    public static string AddressOfError(string file) => "/rejected?file=" + UrlEncoder.Default.Encode(file);

    private async Task ShowErrorAsync(HttpContext context)
    {
        var name = context.Request.Query["file"].ToString();
        if (!IsName(name))
        {
            await renderer.WriteMessageAsync(context, StatusCodes.Status400BadRequest, "No file name", $"'{name}' is not the name of a raw file.");
            return;
        }

        var key = LakeKeys.ErrorFor(new RawFileName(name));
        byte[] bytes;
        try
        {
            bytes = await ReadAsync(key, context.RequestAborted);
        }
        catch (LakeObjectNotFoundException)
        {
            await renderer.WriteMessageAsync(
                context,
                StatusCodes.Status404NotFound,
                "No such file",
                $"There is no {key} in the lake: the file was not rejected, or what was set aside has been removed.");
            return;
        }
        catch (EtlException exception)
        {
            await renderer.WriteMessageAsync(context, StatusCodes.Status502BadGateway, "Not read", exception.Message);
            return;
        }

        context.Response.ContentType = "text/plain; charset=utf-8";
        await context.Response.WriteAsync(Encoding.UTF8.GetString(bytes), context.RequestAborted);
    }

    private async Task ShowReportAsync(HttpContext context)
    {
        await using var page = report.TryOpen();
        if (page is null)
        {
            await renderer.WriteMessageAsync(
                context,
                StatusCodes.Status404NotFound,
                "No report yet",
                "A run leaves a report when it has ended, on a lake in a folder; 'spotify-etl report' writes one at any time.");
            return;
        }

        context.Response.Headers.ContentSecurityPolicy = s_reportPolicy;
        context.Response.ContentType = "text/html; charset=utf-8";
        await page.CopyToAsync(context.Response.Body, context.RequestAborted);
    }

    private async Task<byte[]> ReadAsync(string key, CancellationToken cancellationToken)
    {
        await using var stream = await lake.OpenReadAsync(key, cancellationToken);
        var bytes = new byte[MostBytes];
        return bytes[..await stream.ReadAtLeastAsync(bytes, MostBytes, throwOnEndOfStream: false, cancellationToken)];
    }

    // One name in one folder: nothing that leads to another.
    private static bool IsName(string name) =>
        name is not ("" or ['.', ..]) && !name.AsSpan().ContainsAny('/', '\\') && !name.Any(char.IsControl);
}
