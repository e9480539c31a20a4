using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Http;

namespace SpotifyEtl.Functions.Tests.Aws;

/// <summary>Answers in AWS JSON 1.1.</summary>
internal static class JsonAnswer
{
    public static async Task<JsonObject> ReadAsync(HttpContext context) =>
        (await JsonNode.ParseAsync(context.Request.Body, cancellationToken: context.RequestAborted))!.AsObject();

    public static async Task WriteAsync(HttpContext context, JsonObject body, int status = 200)
    {
        context.Response.StatusCode = status;
        context.Response.ContentType = "application/x-amz-json-1.1";
        context.Response.Headers["x-amzn-RequestId"] = Guid.NewGuid().ToString();
        var bytes = System.Text.Encoding.UTF8.GetBytes(body.ToJsonString());
        context.Response.ContentLength = bytes.Length;
        await context.Response.Body.WriteAsync(bytes, context.RequestAborted);
    }

    public static Task ErrorAsync(HttpContext context, int status, string code, string message) =>
        WriteAsync(context, new JsonObject { ["__type"] = code, ["Message"] = message }, status);
}
