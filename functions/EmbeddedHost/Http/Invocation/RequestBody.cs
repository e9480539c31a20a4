using System.Text.Json;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;

namespace EmbeddedHost.Http.Invocation;

/// <summary>Reads a request's body for a [FromBody] parameter, with the JSON options of MVC.</summary>
internal static class RequestBody
{
    /// <exception cref="HttpBindingException">The body is not JSON that fits the type; the message says where.</exception>
    public static async Task<object> ReadAsync(HttpContext context, Type type)
    {
        if (!context.Request.HasJsonContentType())
        {
            throw new HttpBindingException(
                StatusCodes.Status415UnsupportedMediaType,
                $"The content type is '{context.Request.ContentType}'; the body must be application/json.");
        }

        try
        {
            var options = context.RequestServices.GetRequiredService<IOptions<JsonOptions>>().Value.JsonSerializerOptions;
            return await context.Request.ReadFromJsonAsync(type, options, context.RequestAborted)
                ?? throw new HttpBindingException(StatusCodes.Status400BadRequest, "The body is null; a value is needed.");
        }
        catch (JsonException exception)
        {
            throw new HttpBindingException(StatusCodes.Status400BadRequest, "The body is not JSON that fits: " + exception.Message, exception);
        }
    }
}
