using System.Text.RegularExpressions;

namespace SpotifyEtl.Local.Catalog;

/// <summary>Errors of rows as Trino words them, where DuckDB has words of its own.</summary>
internal static partial class TrinoError
{
    private const string OwnWords = "Invalid Input Error: ";

    public static string Of(string message)
    {
        if (Overflow().Match(message) is { Success: true } overflow)
        {
            var type = overflow.Groups["type"].Value switch { "8" => "tinyint", "16" => "smallint", "32" => "integer", _ => "bigint" };
            return $"{type} {overflow.Groups["operation"].Value} overflow: {overflow.Groups["operands"].Value}";
        }

        if (message.Contains("More than one row returned by a subquery", StringComparison.Ordinal))
        {
            return "Scalar sub-query has returned multiple rows";
        }

        return message.StartsWith(OwnWords, StringComparison.Ordinal) ? message[OwnWords.Length..] : message;
    }

    [GeneratedRegex(
        @"Overflow in (?<operation>addition|subtraction|multiplication) of INT(?<type>\d+) \((?<operands>.+)\)!",
        RegexOptions.ExplicitCapture,
        matchTimeoutMilliseconds: 1000)]
    private static partial Regex Overflow();
}
