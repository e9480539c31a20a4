using System.Net;
using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;
using Microsoft.Azure.Functions.Worker.Http;

namespace EmbeddedHost.Http.Invocation;

/// <summary>An answer in the worker's own type, held in memory until the function returns it.</summary>
internal sealed class EmbeddedHttpResponseData(FunctionContext functionContext) : HttpResponseData(functionContext)
{
    private readonly ResponseCookies _cookies = new();

    public override Stream Body { get; set; } = new MemoryStream();

    public override HttpCookies Cookies => _cookies;

    public override HttpHeadersCollection Headers { get; set; } = [];

    public override HttpStatusCode StatusCode { get; set; } = HttpStatusCode.OK;

    /// <summary>Sends it as the answer of a request.</summary>
    public async Task SendAsync(HttpResponse response)
    {
        response.StatusCode = (int)StatusCode;
        foreach (var (name, values) in Headers.NonValidated)
        {
            response.Headers[name] = values.ToArray();
        }

        foreach (var cookie in _cookies.Appended)
        {
            response.Cookies.Append(cookie.Name, cookie.Value, OptionsOf(cookie));
        }

        if (Body.CanSeek)
        {
            Body.Position = 0;
        }

        await Body.CopyToAsync(response.Body, response.HttpContext.RequestAborted);
        await Body.DisposeAsync();
    }

    private static CookieOptions OptionsOf(IHttpCookie cookie) => new()
    {
        Domain = cookie.Domain,
        Expires = cookie.Expires,
        HttpOnly = cookie.HttpOnly ?? false,
        MaxAge = cookie.MaxAge is { } seconds ? TimeSpan.FromSeconds(seconds) : null,
        Path = cookie.Path,
        SameSite = cookie.SameSite switch
        {
            SameSite.Lax => SameSiteMode.Lax,
            SameSite.Strict => SameSiteMode.Strict,
            SameSite.ExplicitNone => SameSiteMode.None,
            _ => SameSiteMode.Unspecified,
        },
        Secure = cookie.Secure ?? false,
    };

    private sealed class ResponseCookies : HttpCookies
    {
        public List<IHttpCookie> Appended { get; } = [];

        public override void Append(string name, string value) => Append(new HttpCookie(name, value));

        public override void Append(IHttpCookie cookie) => Appended.Add(cookie);

        public override IHttpCookie CreateNew() => new HttpCookie(string.Empty, string.Empty);
    }
}
