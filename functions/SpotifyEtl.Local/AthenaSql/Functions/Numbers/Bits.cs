using System.Globalization;
using System.Numerics;
using SpotifyEtl.Errors;

namespace SpotifyEtl.Local.AthenaSql.Functions;

/// <summary>Bits of a number in two's complement.</summary>
internal static class Bits
{
    /// <summary>Zeros come in on the left, of a number of so many bits.</summary>
    public static long RightShift(long value, long shift, int bits)
    {
        var mask = bits == 64 ? ulong.MaxValue : (1UL << bits) - 1;
        return shift >= 64 || shift >= bits ? 0 : (long)(((ulong)value & mask) >> (int)shift) is var shifted && bits < 64 && shift == 0 ? value : shifted;
    }

    public static long Count(long value, long bits)
    {
        if (bits is < 2 or > 64)
        {
            throw new PermanentEtlException(string.Create(
                CultureInfo.InvariantCulture, $"Bits specified in bit_count must be between 2 and 64, got {bits}"));
        }

        var most = bits == 64 ? long.MaxValue : (1L << (int)(bits - 1)) - 1;
        return value <= most && value >= -most - 1
            ? BitOperations.PopCount((ulong)value & (bits == 64 ? ulong.MaxValue : (1UL << (int)bits) - 1))
            : throw new PermanentEtlException(string.Create(
                CultureInfo.InvariantCulture, $"Number must be representable with the bits specified. {value} cannot be represented with {bits} bits"));
    }
}
