using System.Globalization;
using System.Text;
using SpotifyEtl.Errors;

namespace SpotifyEtl.Local.AthenaSql.Functions;

/// <summary>The patterns of date_format and date_parse: <c>%Y-%m-%d</c>.</summary>
internal static class MySqlPattern
{
    private static readonly DateTimeFormatInfo Names = CultureInfo.InvariantCulture.DateTimeFormat;

    /// <exception cref="PermanentEtlException">The pattern has what Trino does not offer.</exception>
    public static string Format(long microseconds, string pattern)
    {
        var moment = Instants.Of(microseconds);
        var text = new StringBuilder();
        foreach (var (specifier, isSpecifier) in Parts(pattern))
        {
            if (isSpecifier)
            {
                text.Append(Text(moment, specifier));
            }
            else
            {
                text.Append(specifier);
            }
        }

        return text.ToString();
    }

    /// <summary>Microseconds since 1970, of whole milliseconds.</summary>
    public static long Parse(string text, string pattern)
    {
        ParsedMoment parsed = new(text);
        foreach (var (specifier, isSpecifier) in Parts(pattern))
        {
            if (isSpecifier)
            {
                Parse(parsed, specifier);
            }
            else
            {
                parsed.Literal(specifier.ToString());
            }
        }

        return Instants.Microseconds(parsed.ToMoment()) is var microseconds ? microseconds - ((microseconds % 1000 + 1000) % 1000) : 0;
    }

    // A percent sign before what is no specifier is the character itself.
    private static IEnumerable<(char Character, bool IsSpecifier)> Parts(string pattern)
    {
        for (var index = 0; index < pattern.Length; index++)
        {
            if (pattern[index] != '%')
            {
                yield return (pattern[index], false);
                continue;
            }

            if (++index == pattern.Length)
            {
                yield break;
            }

            var specifier = pattern[index];
            if (specifier is 'D' or 'U' or 'u' or 'V' or 'w' or 'X')
            {
                throw new PermanentEtlException($"%{specifier} not supported in date format string");
            }

            yield return (specifier, "abcdefHhIijklMmprSsTvWxYy".Contains(specifier, StringComparison.Ordinal));
        }
    }

    private static string Text(DateTime moment, char specifier)
    {
        var invariant = CultureInfo.InvariantCulture;
        return specifier switch
        {
            'a' => moment.ToString("ddd", invariant),
            'b' => moment.ToString("MMM", invariant),
            'c' => moment.Month.ToString(invariant),
            'd' => moment.ToString("dd", invariant),
            'e' => moment.Day.ToString(invariant),
            'f' => moment.ToString("ffffff", invariant),
            'H' => moment.ToString("HH", invariant),
            'h' or 'I' => moment.ToString("hh", invariant),
            'i' => moment.ToString("mm", invariant),
            'j' => moment.DayOfYear.ToString("000", invariant),
            'k' => moment.Hour.ToString(invariant),
            'l' => ((moment.Hour + 11) % 12 + 1).ToString(invariant),
            'M' => moment.ToString("MMMM", invariant),
            'm' => moment.ToString("MM", invariant),
            'p' => moment.ToString("tt", invariant),
            'r' => moment.ToString("hh:mm:ss tt", invariant),
            'S' or 's' => moment.ToString("ss", invariant),
            'T' => moment.ToString("HH:mm:ss", invariant),
            'v' => ISOWeek.GetWeekOfYear(moment).ToString("00", invariant),
            'W' => moment.ToString("dddd", invariant),
            'x' => ISOWeek.GetYear(moment).ToString("0000", invariant),
            'Y' => moment.ToString("yyyy", invariant),
            _ => moment.ToString("yy", invariant),
        };
    }

    private static void Parse(ParsedMoment parsed, char specifier)
    {
        switch (specifier)
        {
            case 'a':
                parsed.Set('e', (parsed.Name(Names.AbbreviatedDayNames) + 6) % 7 + 1);
                break;
            case 'W':
                parsed.Set('e', (parsed.Name(Names.DayNames) + 6) % 7 + 1);
                break;
            case 'b':
            case 'M':
                parsed.Set('M', (parsed.Name([.. Names.MonthNames.Take(12), .. Names.AbbreviatedMonthNames.Take(12)]) % 12) + 1);
                break;
            case 'p':
                parsed.Set('a', parsed.Name(["AM", "PM"]));
                break;
            case 'f':
                parsed.Set('S', parsed.Fraction(9));
                break;
            case 'r':
                foreach (var part in "h:i:s p")
                {
                    ParsePart(parsed, part);
                }

                break;
            case 'T':
                foreach (var part in "H:i:s")
                {
                    ParsePart(parsed, part);
                }

                break;
            case 'y':
                parsed.Set('y', parsed.Digits(2) is var year && year < 70 ? 2000 + year : 1900 + year);
                break;
            default:
                var (field, digits) = NumberOf(specifier);
                parsed.Set(field, parsed.Digits(digits, isSigned: field is 'y' or 'x'));
                break;
        }
    }

    private static void ParsePart(ParsedMoment parsed, char part)
    {
        if (char.IsAsciiLetter(part))
        {
            Parse(parsed, part);
        }
        else
        {
            parsed.Literal(part.ToString());
        }
    }

    private static (char Field, int Digits) NumberOf(char specifier) => specifier switch
    {
        'c' or 'm' => ('M', 2),
        'd' or 'e' => ('d', 2),
        'H' or 'k' => ('H', 2),
        'h' or 'I' or 'l' => ('h', 2),
        'i' => ('m', 2),
        'j' => ('D', 3),
        'S' or 's' => ('s', 2),
        'v' => ('w', 2),
        'x' => ('x', 4),
        _ => ('y', 4),
    };
}
