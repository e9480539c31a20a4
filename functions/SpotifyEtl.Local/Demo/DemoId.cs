using System.Buffers.Binary;
using System.Numerics;
using System.Security.Cryptography;
using System.Text;

namespace SpotifyEtl.Local.Demo;

/// <summary>Ids and numbers that look drawn but follow from names, so that the demo is the same everywhere.</summary>
internal static class DemoId
{
    private const string Digits = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz";

    /// <summary>22 letters and digits, as Spotify's ids are.</summary>
    public static string Of(string kind, string name)
    {
        var value = new BigInteger(Hash(kind, name).AsSpan(0, 16), isUnsigned: true);
        return string.Create(22, value, static (id, rest) =>
        {
            for (var i = id.Length - 1; i >= 0; i--)
            {
                rest = BigInteger.DivRem(rest, Digits.Length, out var digit);
                id[i] = Digits[(int)digit];
            }
        });
    }

    /// <summary>40 hexadecimal digits, as the names of Spotify's pictures and previews are.</summary>
    public static string Hex(string kind, string name) => Convert.ToHexStringLower(Hash(kind, name).AsSpan(0, 20));

    /// <summary>A number from 0 to less than <paramref name="below"/>.</summary>
    public static int Number(string kind, string name, int below) => (int)(BinaryPrimitives.ReadUInt32LittleEndian(Hash(kind, name)) % (uint)below);

    public static string Snapshot(IEnumerable<byte[]> rows)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        foreach (var row in rows)
        {
            hash.AppendData(row);
        }

        return Convert.ToBase64String(hash.GetHashAndReset().AsSpan(0, 24));
    }

    private static byte[] Hash(string kind, string name) => SHA256.HashData(Encoding.UTF8.GetBytes($"{kind}\n{name}"));
}
