using System.Globalization;
using System.Text;
using SpotifyEtl.Errors;
using SpotifyEtl.Local.AthenaSql.DuckDb;

namespace SpotifyEtl.Local.AthenaSql.Functions;

/// <summary>The patterns of format_datetime and parse_datetime: <c>yyyy-MM-dd HH:mm ZZ</c>.</summary>
internal static class JodaPattern
{
    private const string Letters = "GCYxwedEyDMdaKhHkmsSzZ";

    private static readonly DateTimeFormatInfo Names = CultureInfo.InvariantCulture.DateTimeFormat;

    /// <param name="microseconds">Of the zone's clock.</param>
    /// <param name="pattern">The pattern.</param>
    /// <param name="zone">The zone's name; behind a bar how far it is from UTC.</param>
    public static string Format(long microseconds, string pattern, string zone)
    {
        var moment = Instants.Of(microseconds);
        return string.Concat(Parts(pattern).Select(part => part.Letter is '\0' ? part.Text : Text(moment, part.Letter, part.Text.Length, zone)));
    }

    /// <summary>Microseconds of the zone's clock, and the zone.</summary>
    public static string Parse(string text, string pattern)
    {
        ParsedMoment parsed = new(text);
        var parts = Parts(pattern).ToArray();
        for (var index = 0; index < parts.Length; index++)
        {
            if (parts[index].Letter is '\0')
            {
                parsed.Literal(parts[index].Text);
            }
            else
            {
                // Digits that follow digits are told from them by the pattern alone.
                var isBounded = index + 1 < parts.Length && IsNumber(parts[index + 1]);
                Parse(parsed, parts[index].Letter, parts[index].Text.Length, isBounded);
            }
        }

        var moment = Instants.Microseconds(parsed.ToMoment());
        return string.Create(CultureInfo.InvariantCulture, $"{moment - (moment % 1000 + 1000) % 1000}|{parsed.Zone}");
    }

    private static bool IsNumber((char Letter, string Text) part) => part.Letter is not ('\0' or 'G' or 'E' or 'a' or 'z' or 'Z')
        && !(part.Letter == 'M' && part.Text.Length > 2);

    private static IEnumerable<(char Letter, string Text)> Parts(string pattern)
    {
        for (var index = 0; index < pattern.Length;)
        {
            var character = pattern[index];
            if (char.IsAsciiLetter(character))
            {
                if (!Letters.Contains(character, StringComparison.Ordinal))
                {
                    throw new PermanentEtlException($"Illegal pattern component: {character}");
                }

                var end = index;
                while (end < pattern.Length && pattern[end] == character)
                {
                    end++;
                }

                yield return (character, pattern[index..end]);
                index = end;
                continue;
            }

            var literal = new StringBuilder();
            index = Literal(pattern, index, literal);
            yield return ('\0', literal.ToString());
        }
    }

    // In quotes letters are themselves; two quotes are one.
    private static int Literal(string pattern, int index, StringBuilder literal)
    {
        var isQuoted = false;
        for (; index < pattern.Length && (isQuoted || !char.IsAsciiLetter(pattern[index])); index++)
        {
            if (pattern[index] != '\'')
            {
                literal.Append(pattern[index]);
            }
            else if (index + 1 < pattern.Length && pattern[index + 1] == '\'')
            {
                literal.Append('\'');
                index++;
            }
            else
            {
                isQuoted = !isQuoted;
            }
        }

        return index;
    }

    private static string Text(DateTime moment, char letter, int count, string zone) => letter switch
    {
        'G' => "AD",
        'C' => Number(moment.Year / 100, count),
        'Y' or 'y' => count == 2 ? Number(moment.Year % 100, 2) : Number(moment.Year, count),
        'x' => count == 2 ? Number(ISOWeek.GetYear(moment) % 100, 2) : Number(ISOWeek.GetYear(moment), count),
        'w' => Number(ISOWeek.GetWeekOfYear(moment), count),
        'e' => Number(((int)moment.DayOfWeek + 6) % 7 + 1, count),
        'E' => count >= 4 ? Names.GetDayName(moment.DayOfWeek) : Names.GetAbbreviatedDayName(moment.DayOfWeek),
        'D' => Number(moment.DayOfYear, count),
        'M' => count >= 4 ? Names.GetMonthName(moment.Month) : count == 3 ? Names.GetAbbreviatedMonthName(moment.Month) : Number(moment.Month, count),
        'd' => Number(moment.Day, count),
        'a' => moment.Hour < 12 ? "AM" : "PM",
        'K' => Number(moment.Hour % 12, count),
        'h' => Number((moment.Hour + 11) % 12 + 1, count),
        'H' => Number(moment.Hour, count),
        'k' => Number((moment.Hour + 23) % 24 + 1, count),
        'm' => Number(moment.Minute, count),
        's' => Number(moment.Second, count),
        'S' => moment.ToString("fff", CultureInfo.InvariantCulture).PadRight(count, '0')[..count],
        _ => ZoneText(letter, count, zone),
    };

    private static string ZoneText(char letter, int count, string zone)
    {
        var (name, offset) = zone.Split('|') is [var first, var second] ? (first, second) : (zone, "+00:00");
        if (letter == 'Z')
        {
            return count switch
            {
                1 => offset.Replace(":", "", StringComparison.Ordinal),
                2 => offset,
                _ => name,
            };
        }

        return name == "UTC" ? count >= 4 ? "Coordinated Universal Time" : "UTC"
            : name[0] is '+' or '-' ? name
            : throw new PermanentEtlException($"The name that z stands for is not offered for the zone {name}. Write ZZZ for {name}, or ZZ for {offset}.");
    }

    private static string Number(long number, int digits) => number.ToString(CultureInfo.InvariantCulture).PadLeft(digits, '0');

    private static void Parse(ParsedMoment parsed, char letter, int count, bool isBounded)
    {
        switch (letter)
        {
            case 'G':
                parsed.Name(["AD"]);
                break;
            case 'E':
                parsed.Set('e', (parsed.Name([.. Names.DayNames, .. Names.AbbreviatedDayNames]) % 7 + 6) % 7 + 1);
                break;
            case 'M' when count >= 3:
                parsed.Set('M', parsed.Name([.. Names.MonthNames.Take(12), .. Names.AbbreviatedMonthNames.Take(12)]) % 12 + 1);
                break;
            case 'a':
                parsed.Set('a', parsed.Name(["AM", "PM"]));
                break;
            case 'S':
                parsed.Set('S', parsed.Fraction(Math.Max(count, 9)));
                break;
            case 'Y' or 'y' when count == 2:
                parsed.Set('y', TwoDigits(parsed.Digits(2)));
                break;
            case 'Y' or 'y' or 'x':
                parsed.Set(letter == 'x' ? 'x' : 'y', parsed.Digits(isBounded ? count : 9, isSigned: true));
                break;
            case 'z' or 'Z':
                ParseZone(parsed);
                break;
            case 'C':
                throw new PermanentEtlException("C, the century, is not offered in what parse_datetime reads. Write yyyy.");
            default:
                parsed.Set(letter, parsed.Digits(isBounded ? count : letter == 'D' ? Math.Max(count, 3) : Math.Max(count, 2)));
                break;
        }
    }

    // In the hundred years of which thirty years ago is the middle.
    private static long TwoDigits(long year) => TimeProvider.System.GetUtcNow().Year - 80 is var first ? first + ((year - first) % 100 + 100) % 100 : year;

    private static void ParseZone(ParsedMoment parsed)
    {
        var zone = parsed.While(character => char.IsAsciiLetterOrDigit(character) || character is '+' or '-' or ':' or '/' or '_');
        parsed.Zone = zone.Length > 0 ? Zones.Normal(zone) : throw parsed.Malformed(parsed.Position);
    }
}
