using System.Buffers.Binary;
using System.Globalization;
using SpotifyEtl.Errors;

namespace SpotifyEtl.Local.AthenaSql.Functions;

/// <summary>Bytes as hexadecimal digits.</summary>
internal static class Bytes
{
    public static string Reverse(string hexadecimal)
    {
        var bytes = Convert.FromHexString(hexadecimal);
        Array.Reverse(bytes);
        return Convert.ToHexString(bytes);
    }

    public static string PadLeft(string hexadecimal, long size, string padding) => Pad(hexadecimal, size, padding) + Cut(hexadecimal, size);

    public static string PadRight(string hexadecimal, long size, string padding)
    {
        var filling = Pad(hexadecimal, size, padding);
        return Cut(hexadecimal, size) + filling;
    }

    public static string Substring(string hexadecimal, long start, long length)
    {
        var count = hexadecimal.Length / 2;
        var first = start > 0 ? start - 1 : count + start;
        return start == 0 || length <= 0 || first < 0 || first >= count
            ? ""
            : hexadecimal.Substring((int)first * 2, (int)Math.Min(length, count - first) * 2);
    }

    public static string CheckHexadecimal(string digits) => digits.Length % 2 != 0
        ? throw new PermanentEtlException($"expected an even number of hex digits, but found {digits.Length.ToString(CultureInfo.InvariantCulture)}")
        : digits.FirstOrDefault(digit => !char.IsAsciiHexDigit(digit)) is var wrong and not '\0'
            ? throw new PermanentEtlException($"invalid hex character: {wrong}")
            : digits;

    public static long ToNumber(string hexadecimal, long size)
    {
        var bytes = Convert.FromHexString(hexadecimal);
        return bytes.Length != size
            ? throw new PermanentEtlException(string.Create(CultureInfo.InvariantCulture, $"expected {size}-byte input, but got {bytes.Length} bytes"))
            : size == 4 ? BinaryPrimitives.ReadInt32BigEndian(bytes) : BinaryPrimitives.ReadInt64BigEndian(bytes);
    }

    public static string FromNumber(long number, int size) => number.ToString("X16", CultureInfo.InvariantCulture)[^(size * 2)..];

    public static double ToDouble(string hexadecimal)
    {
        var bytes = Convert.FromHexString(hexadecimal);
        return bytes.Length == 4 ? BinaryPrimitives.ReadSingleBigEndian(bytes) : BinaryPrimitives.ReadDoubleBigEndian(bytes);
    }

    public static string FromDouble(double number) => BitConverter.DoubleToInt64Bits(number).ToString("X16", CultureInfo.InvariantCulture);

    public static string FromReal(float number) => BitConverter.SingleToInt32Bits(number).ToString("X8", CultureInfo.InvariantCulture);

    private static string Cut(string hexadecimal, long size) => hexadecimal[..(int)Math.Min(hexadecimal.Length, size * 2)];

    private static string Pad(string hexadecimal, long size, string padding)
    {
        if (size is < 0 or > int.MaxValue / 2)
        {
            throw new PermanentEtlException("Target length must be in the range [0..1073741823]");
        }

        if (padding.Length == 0)
        {
            throw new PermanentEtlException("Padding bytes must not be empty");
        }

        var missing = (int)Math.Max(0, size * 2 - hexadecimal.Length);
        return string.Concat(Enumerable.Repeat(padding, missing / padding.Length + 1))[..missing];
    }
}
