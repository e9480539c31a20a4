using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using System.Security.Cryptography;

namespace SpotifyEtl.Local.AthenaSql.Functions;

/// <summary>Hashes of bytes, as hexadecimal digits.</summary>
internal static class Hashes
{
    public static string Sha512(string hexadecimal) => Convert.ToHexString(SHA512.HashData(Convert.FromHexString(hexadecimal)));

    public static string XxHash64(string hexadecimal) =>
        System.IO.Hashing.XxHash64.HashToUInt64(Convert.FromHexString(hexadecimal)).ToString("X16", CultureInfo.InvariantCulture);

    public static long Crc32(string hexadecimal) => System.IO.Hashing.Crc32.HashToUInt32(Convert.FromHexString(hexadecimal));

    [SuppressMessage("Security", "CA5350:Do Not Use Weak Cryptographic Algorithms", Justification = "It is what SQL asks for.")]
    [SuppressMessage("Security", "CA5351:Do Not Use Broken Cryptographic Algorithms", Justification = "It is what SQL asks for.")]
    public static string Hmac(string algorithm, string hexadecimal, string key)
    {
        var (bytes, secret) = (Convert.FromHexString(hexadecimal), Convert.FromHexString(key));
        return Convert.ToHexString(algorithm switch
        {
            "md5" => HMACMD5.HashData(secret, bytes),
            "sha1" => HMACSHA1.HashData(secret, bytes),
            "sha256" => HMACSHA256.HashData(secret, bytes),
            _ => HMACSHA512.HashData(secret, bytes),
        });
    }
}
