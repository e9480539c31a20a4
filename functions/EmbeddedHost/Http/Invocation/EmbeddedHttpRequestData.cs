using System.Security.Claims;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Extensions;
using Microsoft.Azure.Functions.Worker;
using Microsoft.Azure.Functions.Worker.Http;

namespace EmbeddedHost.Http.Invocation;

/// <summary>An ASP.NET Core request in the worker's own type.</summary>
internal sealed class EmbeddedHttpRequestData(HttpRequest request, FunctionContext functionContext) : HttpRequestData(functionContext)
{
    public override Stream Body => request.Body;

    public override IReadOnlyCollection<IHttpCookie> Cookies { get; } = [.. request.Cookies.Select(cookie => new HttpCookie(cookie.Key, cookie.Value))];

    public override HttpHeadersCollection Headers { get; } =
        new(request.Headers.Select(header => KeyValuePair.Create(header.Key, header.Value.OfType<string>())));

    public override IEnumerable<ClaimsIdentity> Identities => request.HttpContext.User.Identities;

    public override string Method => request.Method;

    public override Uri Url { get; } = new(request.GetEncodedUrl());

    public override HttpResponseData CreateResponse() => new EmbeddedHttpResponseData(FunctionContext);
}
