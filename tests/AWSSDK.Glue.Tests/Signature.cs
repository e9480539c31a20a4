using System.Security.Cryptography;
using System.Text;

namespace AwsJson.Tests;

/// <summary>AWS Signature Version 4 of a POST to the root without a query, worked out from its description alone.</summary>
internal static class Signature
{
    /// <summary>The Authorization header that belongs to a request, over the headers that its own one names.</summary>
    public static string Of(Sent request, string accessKey, string secretKey)
    {
        var scope = Between(request.Authorization, "Credential=" + accessKey + "/", ",");
        var signed = Between(request.Authorization, "SignedHeaders=", ",");
        var headers = string.Concat(
            signed.Split(';').Select(name => $"{name}:{string.Join(' ', request.Headers[name].Split(' ', StringSplitOptions.RemoveEmptyEntries))}\n"));
        var canonical = $"{request.Method}\n/\n\n{headers}\n{signed}\n{Hash(request.Body)}";
        var toSign = $"AWS4-HMAC-SHA256\n{request.Headers["x-amz-date"]}\n{scope}\n{Hash(canonical)}";
        var key = scope.Split('/').Aggregate(
            Encoding.UTF8.GetBytes("AWS4" + secretKey), static (key, part) => HMACSHA256.HashData(key, Encoding.UTF8.GetBytes(part)));
        var signature = Convert.ToHexStringLower(HMACSHA256.HashData(key, Encoding.UTF8.GetBytes(toSign)));
        return $"AWS4-HMAC-SHA256 Credential={accessKey}/{scope}, SignedHeaders={signed}, Signature={signature}";
    }

    private static string Hash(string text) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text)));

    private static string Between(string text, string start, string end)
    {
        var from = text.IndexOf(start, StringComparison.Ordinal) + start.Length;
        return text[from..text.IndexOf(end, from, StringComparison.Ordinal)];
    }
}
