namespace SpotifyEtl.Transform.Json;

/// <summary>Decimal numbers of a fixed width, as dates and times are made of.</summary>
internal static class Digits
{
    /// <summary>Reads a number from bytes that must all be ASCII digits.</summary>
    public static bool TryRead(ReadOnlySpan<byte> text, out int value)
    {
        value = 0;
        foreach (var digit in text)
        {
            if (!char.IsAsciiDigit((char)digit))
            {
                return false;
            }

            value = (value * 10) + (digit - '0');
        }

        return !text.IsEmpty;
    }
}
