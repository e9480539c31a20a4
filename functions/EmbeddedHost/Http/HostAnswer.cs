using System.Text.Encodings.Web;
using System.Text.Json;
using Microsoft.AspNetCore.Http;

namespace EmbeddedHost.Http;

/// <summary>The answers that the host itself gives: JSON in the form that Azure's host has, and never a stack trace.</summary>
internal static class HostAnswer
{
    // As Azure's host writes them: text as it is, for API clients and not for a page.
    private static readonly JsonWriterOptions s_writing = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>Answers with JSON.</summary>
    public static async Task WriteJsonAsync(HttpContext context, int status, Action<Utf8JsonWriter> write)
    {
        context.Response.StatusCode = status;
        context.Response.ContentType = "application/json; charset=utf-8";
        await using (Utf8JsonWriter writer = new(context.Response.BodyWriter, s_writing))
        {
            write(writer);
        }

        await context.Response.BodyWriter.FlushAsync(context.RequestAborted);
    }

    /// <summary>Answers with <c>{"Message":…}</c>, and what exactly was wrong where that is known.</summary>
    public static Task WriteErrorAsync(HttpContext context, int status, string message, string? detail = null) => WriteJsonAsync(
        context,
        status,
        writer =>
        {
            writer.WriteStartObject();
            writer.WriteString("Message", message);
            if (detail is not null)
            {
                writer.WriteString("ExceptionMessage", detail);
            }

            writer.WriteEndObject();
        });

    /// <summary>Answers with a text as a JSON string, as some calls of the management API do.</summary>
    public static Task WriteTextAsync(HttpContext context, int status, string text) => WriteJsonAsync(context, status, writer => writer.WriteStringValue(text));
}
