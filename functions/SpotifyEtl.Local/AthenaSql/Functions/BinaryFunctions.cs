using static SpotifyEtl.Local.AthenaSql.Functions.Expressions;

namespace SpotifyEtl.Local.AthenaSql.Functions;

/// <summary>Bytes. What DuckDB lacks is computed of their hexadecimal digits, as they come to C#.</summary>
internal static class BinaryFunctions
{
    public static IReadOnlyList<NativeFunction> Natives { get; } =
    [
        NativeFunction.Of<string, string>("athena_bytes_reverse", Bytes.Reverse),
        NativeFunction.Of<string, long, string, string>("athena_bytes_lpad", Bytes.PadLeft),
        NativeFunction.Of<string, long, string, string>("athena_bytes_rpad", Bytes.PadRight),
        NativeFunction.Of<string, long, long, string>("athena_bytes_substr", Bytes.Substring),
        NativeFunction.Of<string, string>("athena_from_hex", Bytes.CheckHexadecimal),
        NativeFunction.Of<string, string>("athena_from_base64", Base64.Decode),
        NativeFunction.Of<string, string>("athena_from_base64url", Base64.DecodeUrl),
        NativeFunction.Of<string, string>("athena_to_base64url", Base64.EncodeUrl),
        NativeFunction.Of<string, string>("athena_from_base32", Base32.Decode),
        NativeFunction.Of<string, string>("athena_to_base32", Base32.Encode),
        NativeFunction.Of<string, string>("athena_sha512", Hashes.Sha512),
        NativeFunction.Of<string, string>("athena_xxhash64", Hashes.XxHash64),
        NativeFunction.Of<string, long>("athena_crc32", Hashes.Crc32),
        NativeFunction.Of<string, string, string, string>("athena_hmac", Hashes.Hmac),
        NativeFunction.Of<string, long, long>("athena_from_big_endian", Bytes.ToNumber),
        NativeFunction.Of<long, int, string>("athena_to_big_endian", Bytes.FromNumber),
        NativeFunction.Of<string, double>("athena_from_ieee754", Bytes.ToDouble),
        NativeFunction.Of<double, string>("athena_to_ieee754_64", Bytes.FromDouble),
        NativeFunction.Of<float, string>("athena_to_ieee754_32", Bytes.FromReal),
    ];

    public static IReadOnlyList<SqlFunction> All { get; } =
    [
        new("crc32(varbinary) -> bigint", "athena_crc32(hex({0}))"),
        new("from_base32(varchar) -> varbinary", "unhex(athena_from_base32({0}))"),
        new("from_base64(varchar) -> varbinary", "unhex(athena_from_base64({0}))"),
        new("from_base64url(varchar) -> varbinary", "unhex(athena_from_base64url({0}))"),
        new("from_big_endian_32(varbinary) -> integer", "CAST(athena_from_big_endian(hex({0}), 4) AS INTEGER)"),
        new("from_big_endian_64(varbinary) -> bigint", "athena_from_big_endian(hex({0}), 8)"),
        new("from_hex(varchar) -> varbinary", "unhex(athena_from_hex({0}))"),
        new("from_ieee754_32(varbinary) -> real", Let(
            "CASE WHEN octet_length(_v.a0) <> 4 THEN " + Error("'Input floating-point value must be exactly 4 bytes long'")
                + " ELSE CAST(athena_from_ieee754(hex(_v.a0)) AS FLOAT) END",
            "{0}")),
        new("from_ieee754_64(varbinary) -> double", Let(
            "CASE WHEN octet_length(_v.a0) <> 8 THEN " + Error("'Input floating-point value must be exactly 8 bytes long'")
                + " ELSE athena_from_ieee754(hex(_v.a0)) END",
            "{0}")),
        new("hmac_md5(varbinary, varbinary) -> varbinary", "unhex(athena_hmac('md5', hex({0}), hex({1})))"),
        new("hmac_sha1(varbinary, varbinary) -> varbinary", "unhex(athena_hmac('sha1', hex({0}), hex({1})))"),
        new("hmac_sha256(varbinary, varbinary) -> varbinary", "unhex(athena_hmac('sha256', hex({0}), hex({1})))"),
        new("hmac_sha512(varbinary, varbinary) -> varbinary", "unhex(athena_hmac('sha512', hex({0}), hex({1})))"),
        new("lpad(varbinary, bigint, varbinary) -> varbinary", "unhex(athena_bytes_lpad(hex({0}), {1}, hex({2})))"),
        new("md5(varbinary) -> varbinary", "unhex(md5({0}))"),
        new("reverse(varbinary) -> varbinary", "unhex(athena_bytes_reverse(hex({0})))"),
        new("rpad(varbinary, bigint, varbinary) -> varbinary", "unhex(athena_bytes_rpad(hex({0}), {1}, hex({2})))"),
        new("sha1(varbinary) -> varbinary", "unhex(sha1({0}))"),
        new("sha256(varbinary) -> varbinary", "unhex(sha256({0}))"),
        new("sha512(varbinary) -> varbinary", "unhex(athena_sha512(hex({0})))"),
        new("substr(varbinary, bigint) -> varbinary", "unhex(athena_bytes_substr(hex({0}), {1}, 2147483647))"),
        new("substr(varbinary, bigint, bigint) -> varbinary", "unhex(athena_bytes_substr(hex({0}), {1}, {2}))"),
        new("to_base32(varbinary) -> varchar", "athena_to_base32(hex({0}))"),
        new("to_base64(varbinary) -> varchar", "base64({0})"),
        new("to_base64url(varbinary) -> varchar", "athena_to_base64url(hex({0}))"),
        new("to_big_endian_32(integer) -> varbinary", "unhex(athena_to_big_endian(CAST({0} AS BIGINT), 4))"),
        new("to_big_endian_64(bigint) -> varbinary", "unhex(athena_to_big_endian({0}, 8))"),
        new("to_hex(varbinary) -> varchar", "hex({0})"),
        new("to_ieee754_32(real) -> varbinary", "unhex(athena_to_ieee754_32({0}))"),
        new("to_ieee754_64(double) -> varbinary", "unhex(athena_to_ieee754_64({0}))"),
        new("xxhash64(varbinary) -> varbinary", "unhex(athena_xxhash64(hex({0})))"),
    ];
}
