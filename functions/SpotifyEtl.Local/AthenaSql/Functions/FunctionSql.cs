using System.Globalization;
using System.Text;
using SpotifyEtl.Errors;

namespace SpotifyEtl.Local.AthenaSql.Functions;

/// <summary>What stands around the arguments of an aggregate, as it is rendered; empty where there is nothing.</summary>
/// <param name="Distinct">With a space behind: <c>DISTINCT </c>.</param>
/// <param name="Order">With a space before: <c> ORDER BY x</c>.</param>
/// <param name="Filter">With a space before: <c> FILTER (WHERE x)</c>.</param>
/// <param name="Over">With a space before: <c> OVER (…)</c>.</param>
/// <param name="Nulls">With a space before: <c> IGNORE NULLS</c>.</param>
internal sealed record FunctionClauses(string Distinct = "", string Order = "", string Filter = "", string Over = "", string Nulls = "");

/// <summary>Puts arguments into the expression of a <see cref="SqlFunction"/>.</summary>
internal static class FunctionSql
{
    private const string Lambda = "lambda ";

    public static string Fill(string sql, IReadOnlyList<string> arguments, FunctionClauses? clauses = null)
    {
        var around = clauses ?? new FunctionClauses();
        StringBuilder filled = new();
        for (var index = 0; index < sql.Length; index++)
        {
            var end = sql[index] == '{' ? sql.IndexOf('}', index) : -1;
            if (end < 0 || Part(sql[(index + 1)..end], arguments, around) is not { } part)
            {
                filled.Append(sql[index]);
                continue;
            }

            filled.Append(part);
            index = end;
        }

        return filled.ToString();
    }

    // What is no mark, as the braces of a struct, stays.
    private static string? Part(string mark, IReadOnlyList<string> arguments, FunctionClauses clauses) => mark switch
    {
        "*" => string.Join(", ", arguments),
        "distinct" => clauses.Distinct,
        "order" => clauses.Order,
        "filter" => clauses.Filter,
        "over" => clauses.Over,
        "nulls" => clauses.Nulls,
        _ => mark.Split(':') is [var number, .. var rest] && IsNumber(number, out var index) && index < arguments.Count && rest.Length < 2
            ? rest is [var piece] ? Piece(arguments[index], piece) : Closed(arguments[index])
            : null,
    };

    // An expression stands beside operators of the function's.
    private static string Closed(string argument) =>
        argument.StartsWith(Lambda, StringComparison.Ordinal)
        || argument.All(character => char.IsAsciiLetterOrDigit(character) || character is '_' or '.' or '"')
            ? argument
            : $"({argument})";

    private static bool IsNumber(string text, out int number) => int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out number);

    private static string Piece(string lambda, string piece)
    {
        var colon = ColonOf(lambda);
        if (!lambda.StartsWith(Lambda, StringComparison.Ordinal) || colon < 0)
        {
            throw new PermanentEtlException($"A lambda (x -> …) is expected in place of {lambda}.");
        }

        return IsNumber(piece, out var parameter)
            ? lambda[Lambda.Length..colon].Split(',')[parameter].Trim()
            : $"({lambda[(colon + 1)..].Trim()})";
    }

    // A parameter's name may be in quotes and have a colon in it.
    private static int ColonOf(string lambda)
    {
        var isQuoted = false;
        for (var index = 0; index < lambda.Length; index++)
        {
            isQuoted ^= lambda[index] == '"';
            if (lambda[index] == ':' && !isQuoted)
            {
                return index;
            }
        }

        return -1;
    }
}
