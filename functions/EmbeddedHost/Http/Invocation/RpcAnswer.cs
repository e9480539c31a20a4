using System.Globalization;
using EmbeddedHost.Worker;
using EmbeddedHost.Worker.Messages;
using Microsoft.AspNetCore.Http;

namespace EmbeddedHost.Http.Invocation;

/// <summary>Writes what a function gave as its answer over the protocol.</summary>
internal static class RpcAnswer
{
    private const string ReturnName = "$return";

    public static async Task WriteAsync(HttpContext context, AppFunction function, InvocationResponse answer)
    {
        var value = answer.ReturnValue is { DataCase: not TypedData.DataOneofCase.None } returned ? returned
            : answer.OutputData.FirstOrDefault(output =>
                output.Name == ReturnName || function.Bindings.Any(binding => binding.Is(BindingTypes.Http) && binding.Name == output.Name))?.Data;
        if (value is not { DataCase: TypedData.DataOneofCase.Http })
        {
            await WriteValueAsync(context, value);
            return;
        }

        var http = value.Http;
        context.Response.StatusCode =
            int.TryParse(http.StatusCode, NumberStyles.None, CultureInfo.InvariantCulture, out var status) ? status : StatusCodes.Status200OK;
        foreach (var (name, text) in http.Headers)
        {
            context.Response.Headers[name] = text;
        }

        foreach (var cookie in http.Cookies)
        {
            context.Response.Cookies.Append(cookie.Name, cookie.Value, Options(cookie));
        }

        await WriteBodyAsync(context, http.Body);
    }

    private static Task WriteValueAsync(HttpContext context, TypedData? value)
    {
        context.Response.StatusCode = value is null or { DataCase: TypedData.DataOneofCase.None } ? StatusCodes.Status204NoContent : StatusCodes.Status200OK;
        context.Response.ContentType = value?.DataCase switch
        {
            TypedData.DataOneofCase.Json => "application/json; charset=utf-8",
            TypedData.DataOneofCase.String => "text/plain; charset=utf-8",
            TypedData.DataOneofCase.Bytes => "application/octet-stream",
            _ => null,
        };
        return WriteBodyAsync(context, value);
    }

    private static async Task WriteBodyAsync(HttpContext context, TypedData? body)
    {
        switch (body?.DataCase)
        {
            case TypedData.DataOneofCase.Bytes:
                await context.Response.Body.WriteAsync(body.Bytes.Memory, context.RequestAborted);
                break;
            case TypedData.DataOneofCase.String:
                await context.Response.WriteAsync(body.String, context.RequestAborted);
                break;
            case TypedData.DataOneofCase.Json:
                await context.Response.WriteAsync(body.Json, context.RequestAborted);
                break;
        }
    }

    private static CookieOptions Options(RpcHttpCookie cookie) => new()
    {
        Domain = cookie.Domain?.Value,
        Path = cookie.Path is { StringCase: NullableString.StringOneofCase.Value } path ? path.Value : "/",
        Expires = cookie.Expires is { TimestampCase: NullableTimestamp.TimestampOneofCase.Value } expires ? expires.Value.ToDateTimeOffset() : null,
        Secure = cookie.Secure?.Value ?? false,
        HttpOnly = cookie.HttpOnly?.Value ?? false,
        MaxAge = cookie.MaxAge is { DoubleCase: NullableDouble.DoubleOneofCase.Value } age ? TimeSpan.FromSeconds(age.Value) : null,
        SameSite = cookie.SameSite switch
        {
            RpcHttpCookie.Types.SameSite.Lax => SameSiteMode.Lax,
            RpcHttpCookie.Types.SameSite.Strict => SameSiteMode.Strict,
            RpcHttpCookie.Types.SameSite.ExplicitNone => SameSiteMode.None,
            _ => SameSiteMode.Unspecified,
        },
    };
}
