using System.Text;
using Microsoft.DurableTask;

namespace EmbeddedHost.Engine;

/// <summary>Writes what is sent to an instance or an activity: the state holds references, not data.</summary>
internal static class Payload
{
    public const int MaxBytes = 1024 * 1024;

    /// <summary>The text of a value.</summary>
    /// <param name="converter">What serializes it.</param>
    /// <param name="value">The value.</param>
    /// <param name="what">What it is, for the message.</param>
    /// <param name="parameter">The argument that it was given as.</param>
    /// <exception cref="PayloadTooLargeException">It is larger than <see cref="MaxBytes"/> of UTF-8.</exception>
    public static string? Write(DataConverter converter, object? value, string what, string parameter)
    {
        var text = converter.Serialize(value);
        if (text is not null && Encoding.UTF8.GetByteCount(text) is var bytes and > MaxBytes)
        {
            throw new PayloadTooLargeException(
                $"The {what} is {bytes:N0} bytes; the limit is {MaxBytes:N0} bytes (1 MB). Keep the data in a store and send its key.", parameter);
        }

        return text;
    }
}
