using System.Globalization;
using System.Text.RegularExpressions;

namespace SpotifyEtl.Local.Monitor.Sql;

/// <summary>Why a statement was not answered, and where in it that lies.</summary>
/// <param name="Message">The engine's own words.</param>
/// <param name="Line">The line, from 1; null: the message names no place.</param>
/// <param name="Column">The character of the line, from 1.</param>
public sealed partial record SqlFault(string Message, int? Line, int? Column)
{
    public static SqlFault Of(string message) => Place().Match(message) is { Success: true } place
        && int.TryParse(place.Groups["line"].Value, CultureInfo.InvariantCulture, out var line)
        && int.TryParse(place.Groups["column"].Value, CultureInfo.InvariantCulture, out var column)
            ? new SqlFault(message, line, column)
            : new SqlFault(message, null, null);

    // Trino's "line 1:8: …", at the beginning or after a word or two, and "(line 1, column 8)".
    [GeneratedRegex(
        @"\bline (?<line>[0-9]+)(:|, column )(?<column>[0-9]+)", RegexOptions.IgnoreCase | RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Place();
}
