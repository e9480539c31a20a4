using System.Text;
using System.Xml.Linq;
using Microsoft.AspNetCore.Http;

namespace SpotifyEtl.Functions.Tests.Aws;

/// <summary>Answers in S3's XML.</summary>
internal static class S3Answer
{
    private static readonly XNamespace s_namespace = "http://s3.amazonaws.com/doc/2006-03-01/";

    public static XElement Element(string name, params object?[] content) => new(s_namespace + name, content);

    public static async Task WriteAsync(HttpContext context, XElement body, int status = 200)
    {
        context.Response.StatusCode = status;
        context.Response.ContentType = "application/xml";
        var bytes = Encoding.UTF8.GetBytes("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n" + body.ToString(SaveOptions.DisableFormatting));
        context.Response.ContentLength = bytes.Length;
        await context.Response.Body.WriteAsync(bytes, context.RequestAborted);
    }

    public static Task ErrorAsync(HttpContext context, int status, string code, string message)
    {
        if (context.Request.Method != "HEAD")
        {
            return WriteAsync(context, new XElement("Error", new XElement("Code", code), new XElement("Message", message)), status);
        }

        context.Response.StatusCode = status;
        return Task.CompletedTask;
    }
}
