using System.Buffers;
using Google.Protobuf;

namespace EmbeddedHost.Protocol;

/// <summary>Protobuf messages as the base64 text in which the worker protocol carries them; the bytes between live in rented memory.</summary>
internal static class Base64Message
{
    public static string ToBase64(this IMessage message)
    {
        int size = message.CalculateSize();
        byte[] rented = ArrayPool<byte>.Shared.Rent(size);
        try
        {
            var bytes = rented.AsSpan(0, size);
            message.WriteTo(bytes);
            return Convert.ToBase64String(bytes);
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(rented);
        }
    }

    /// <exception cref="FormatException">The text is not base64, or what it holds is not such a message.</exception>
    public static T FromBase64<T>(string text)
        where T : class, IMessage<T>, new()
    {
        byte[] rented = ArrayPool<byte>.Shared.Rent(text.Length / 4 * 3 + 3);
        try
        {
            return Convert.TryFromBase64String(text, rented, out int size)
                ? Parser<T>.Instance.ParseFrom(rented.AsSpan(0, size))
                : throw new FormatException($"The worker answered {text.Length} characters that are not the base64 text of a {typeof(T).Name}.");
        }
        catch (InvalidProtocolBufferException e)
        {
            throw new FormatException($"The worker answered {text.Length} characters of base64 that hold no {typeof(T).Name}: {e.Message}", e);
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(rented);
        }
    }

    private static class Parser<T>
        where T : class, IMessage<T>, new()
    {
        public static readonly MessageParser<T> Instance = new(() => new T());
    }
}
