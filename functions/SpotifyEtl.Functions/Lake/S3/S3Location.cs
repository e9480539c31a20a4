using System.Text;
using System.Text.RegularExpressions;
using SpotifyEtl.Errors;

namespace SpotifyEtl.Lake.S3;

/// <summary>A bucket and the prefix in it that a lake's keys begin with: empty, or ending in a slash.</summary>
internal sealed partial record S3Location(string Bucket, string Prefix)
{
    private const int LongestKeyBytes = 1024;

    /// <exception cref="EtlConfigurationException">The text is no <c>s3://bucket[/prefix]</c>.</exception>
    public static S3Location Parse(string? uri)
    {
        var text = uri?.Trim() ?? "";
        if (Form().Match(text) is not { Success: true } parts)
        {
            throw new EtlConfigurationException(
                $"Lake__Uri is '{text}'; it must be s3://bucket or s3://bucket/prefix, the bucket's name having 3 to 63 small letters, digits, dots "
                    + "and dashes.");
        }

        var prefix = parts.Groups["prefix"].Value.TrimEnd('/');
        return prefix.Length == 0 || IsKey(prefix)
            ? new S3Location(parts.Groups["bucket"].Value, prefix.Length == 0 ? "" : prefix + "/")
            : throw new EtlConfigurationException(
                $"Lake__Uri is '{text}'; its prefix must be names with / between them, without '.', '..', control characters or empty names.");
    }

    /// <summary>The longest key of the lake, in bytes of UTF-8.</summary>
    public int MostKeyBytes => LongestKeyBytes - Encoding.UTF8.GetByteCount(Prefix);

    /// <summary>The object's full key in the bucket.</summary>
    /// <param name="key">The key in the lake.</param>
    /// <param name="isListed">Whether it comes from a listing, so that S3 has it, whatever characters are in it.</param>
    /// <exception cref="PermanentEtlException">The key is none.</exception>
    public string FullKey(string key, bool isListed = false) => (IsKey(key) || (isListed && HasNames(key))) && Encoding.UTF8.GetByteCount(key) <= MostKeyBytes
        ? Prefix + key
        : throw new PermanentEtlException(
            $"'{key}' is not a key of the lake: keys are names with / between them, without '.', '..', backslashes, control characters or empty names, "
                + "at most 1,024 bytes with the prefix.");

    /// <summary>The address of an object, or of all that begin so.</summary>
    public string Address(string key) => $"s3://{Bucket}/{Prefix}{key}";

    public override string ToString() => $"s3://{Bucket}/{Prefix}".TrimEnd('/');

    // S3 itself would take some more, but clients and proxies resolve dots in an address.
    private static bool IsKey(string key) => HasNames(key) && !key.Contains('\\', StringComparison.Ordinal) && !key.Any(char.IsControl);

    private static bool HasNames(string key) => key.Split('/').All(segment => segment is not ("" or "." or ".."));

    [GeneratedRegex(
        @"\A(?i:s3)://(?<bucket>[a-z0-9][a-z0-9.-]{1,61}[a-z0-9])(/(?<prefix>.*))?\z",
        RegexOptions.ExplicitCapture | RegexOptions.CultureInvariant,
        matchTimeoutMilliseconds: 1000)]
    private static partial Regex Form();
}
