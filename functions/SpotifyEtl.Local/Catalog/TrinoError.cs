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
            return $"{NameOf(overflow.Groups["type"].Value)} {overflow.Groups["operation"].Value} overflow: {overflow.Groups["operands"].Value}";
        }

        if (OutOfRange().Match(message) is { Success: true } range)
        {
            return $"Out of range for {NameOf(range.Groups["type"].Value)}: {range.Groups["value"].Value}";
        }

        if (OutOfDecimal().Match(message) is { Success: true } number)
        {
            return $"Cannot cast '{number.Groups["value"].Value}' to DECIMAL({number.Groups["numbers"].Value.Replace(",", ", ", StringComparison.Ordinal)})";
        }

        if (message.Contains("More than one row returned by a subquery", StringComparison.Ordinal))
        {
            return "Scalar sub-query has returned multiple rows";
        }

        return message.StartsWith(OwnWords, StringComparison.Ordinal) ? message[OwnWords.Length..] : message;
    }

    private static string NameOf(string bits) => bits switch { "8" => "tinyint", "16" => "smallint", "32" => "integer", _ => "bigint" };

    [GeneratedRegex(
        @"Type \w+ with value (?<value>\S+) can't be cast because the value is out of range for the destination type INT(?<type>\d+)",
        RegexOptions.ExplicitCapture,
        matchTimeoutMilliseconds: 1000)]
    private static partial Regex OutOfRange();

    [GeneratedRegex(
        @"Casting value ""(?<value>[^""]+)"" to type DECIMAL\((?<numbers>\d+,\d+)\) failed",
        RegexOptions.ExplicitCapture,
        matchTimeoutMilliseconds: 1000)]
    private static partial Regex OutOfDecimal();

    [GeneratedRegex(
        @"Overflow in (?<operation>addition|subtraction|multiplication) of INT(?<type>\d+) \((?<operands>.+)\)!",
        RegexOptions.ExplicitCapture,
        matchTimeoutMilliseconds: 1000)]
    private static partial Regex Overflow();
}
