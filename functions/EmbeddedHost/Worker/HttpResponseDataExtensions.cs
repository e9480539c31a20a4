using System.Text;
using System.Text.Json;

namespace Microsoft.Azure.Functions.Worker.Http;

/// <summary>Shorter ways to fill an answer.</summary>
public static class HttpResponseDataExtensions
{
    /// <summary>Writes a value as JSON, with the options that the app configures.</summary>
    public static ValueTask WriteAsJsonAsync<T>(this HttpResponseData response, T instance, CancellationToken cancellationToken = default) =>
        WriteAsJsonAsync(response, instance, "application/json; charset=utf-8", cancellationToken);

    /// <inheritdoc cref="WriteAsJsonAsync{T}(HttpResponseData, T, CancellationToken)" />
    public static async ValueTask WriteAsJsonAsync<T>(
        this HttpResponseData response, T instance, string contentType, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(response);
        response.Headers.Remove("Content-Type");
        response.Headers.Add("Content-Type", contentType);
        await JsonSerializer.SerializeAsync(response.Body, instance, HttpRequestDataExtensions.OptionsOf(response.FunctionContext), cancellationToken);
    }

    /// <summary>Writes bytes.</summary>
    public static void WriteBytes(this HttpResponseData response, byte[] value)
    {
        ArgumentNullException.ThrowIfNull(response);
        response.Body.Write(value);
    }

    /// <inheritdoc cref="WriteBytes(HttpResponseData, byte[])" />
    public static Task WriteBytesAsync(this HttpResponseData response, byte[] value) => WriteBytesAsync(response, value, CancellationToken.None);

    /// <inheritdoc cref="WriteBytes(HttpResponseData, byte[])" />
    public static Task WriteBytesAsync(this HttpResponseData response, byte[] value, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(response);
        return response.Body.WriteAsync(value, cancellationToken).AsTask();
    }

    /// <summary>Writes text; UTF-8 if not said.</summary>
    public static void WriteString(this HttpResponseData response, string value, Encoding? encoding = null) =>
        WriteBytes(response, (encoding ?? Encoding.UTF8).GetBytes(value));

    /// <inheritdoc cref="WriteString(HttpResponseData, string, Encoding?)" />
    public static Task WriteStringAsync(this HttpResponseData response, string value, Encoding? encoding = null) =>
        WriteStringAsync(response, value, CancellationToken.None, encoding);

    /// <inheritdoc cref="WriteString(HttpResponseData, string, Encoding?)" />
#pragma warning disable CA1068 // The package's signature has the token before the encoding.
    public static Task WriteStringAsync(this HttpResponseData response, string value, CancellationToken cancellationToken, Encoding? encoding = null) =>
        WriteBytesAsync(response, (encoding ?? Encoding.UTF8).GetBytes(value), cancellationToken);
#pragma warning restore CA1068
}
