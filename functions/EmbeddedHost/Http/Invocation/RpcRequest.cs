using EmbeddedHost.Worker.Messages;
using Google.Protobuf;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Extensions;

namespace EmbeddedHost.Http.Invocation;

/// <summary>A request as the protocol carries it, for a worker that serves no HTTP itself.</summary>
internal static class RpcRequest
{
    public static async Task<RpcHttp> OfAsync(HttpContext context, Uri? publicUrl)
    {
        var request = context.Request;
        RpcHttp http = new() { Method = request.Method, Url = UrlOf(request, publicUrl) };
        foreach (var (name, values) in request.Headers)
        {
            http.NullableHeaders[name.ToLowerInvariant()] = new NullableString { Value = values.ToString() };
        }

        foreach (var (name, values) in request.Query)
        {
            http.NullableQuery[name] = new NullableString { Value = values.ToString() };
        }

        foreach (var (name, value) in request.RouteValues)
        {
            http.NullableParams[name] = new NullableString { Value = value?.ToString() ?? string.Empty };
        }

        using MemoryStream body = new();
        await request.Body.CopyToAsync(body, context.RequestAborted);
        if (body.Length > 0)
        {
            http.Body = new TypedData { Bytes = ByteString.CopyFrom(body.GetBuffer(), 0, (int)body.Length) };
        }

        return http;
    }

    private static string UrlOf(HttpRequest request, Uri? publicUrl) =>
        publicUrl is null ? request.GetEncodedUrl() : publicUrl.GetLeftPart(UriPartial.Authority) + request.GetEncodedPathAndQuery();
}
