using System.Globalization;
using System.Numerics;
using System.Text.RegularExpressions;
using SpotifyEtl.Errors;

namespace SpotifyEtl.Local.AthenaSql.Functions;

/// <summary>Amounts of data: 2.3MB.</summary>
internal static partial class DataSizes
{
    private static readonly string[] Units = ["B", "kB", "MB", "GB", "TB", "PB", "EB", "ZB", "YB"];

    /// <summary>Bytes, as digits.</summary>
    public static string Parse(string text)
    {
        var match = Size().Match(text);
        var unit = match.Success ? Array.IndexOf(Units, match.Groups["unit"].Value) : -1;
        if (unit < 0)
        {
            throw new PermanentEtlException($"Invalid data size: '{text}'");
        }

        var value = match.Groups["value"].Value.Split('.');
        var fraction = value.Length > 1 ? value[1] : "";
        var digits = BigInteger.Parse(value[0] + fraction, CultureInfo.InvariantCulture);
        return (digits * BigInteger.Pow(1024, unit) / BigInteger.Pow(10, fraction.Length)).ToString(CultureInfo.InvariantCulture);
    }

    [GeneratedRegex(@"^\s*(?<value>\d+(\.\d+)?)\s*(?<unit>[a-zA-Z]+)\s*\z", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Size();
}
