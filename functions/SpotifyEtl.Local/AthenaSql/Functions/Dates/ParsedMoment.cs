using System.Globalization;
using SpotifyEtl.Errors;

namespace SpotifyEtl.Local.AthenaSql.Functions;

/// <summary>What a pattern found of a moment; what it did not is 1970-01-01 00:00:00.</summary>
internal sealed class ParsedMoment(string text)
{
    private readonly Dictionary<char, long> _fields = [];

    public string Zone { get; set; } = "UTC";

    public int Position { get; private set; }

    public bool IsAtEnd => Position == text.Length;

    public void Set(char field, long value) => _fields[field] = value;

    /// <summary>Digits: as many as there are up to the most.</summary>
    public long Digits(int most, bool isSigned = false)
    {
        var start = Position;
        if (isSigned && Position < text.Length && text[Position] is '-' or '+')
        {
            Position++;
        }

        var first = Position;
        while (Position < text.Length && Position - first < most && char.IsAsciiDigit(text[Position]))
        {
            Position++;
        }

        return Position > first
            ? long.Parse(text.AsSpan(start, Position - start), NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture)
            : throw Malformed(start);
    }

    /// <summary>A fraction of a second, in microseconds; finer digits are dropped.</summary>
    public long Fraction(int most)
    {
        var start = Position;
        Digits(most);
        var digits = text[start..Position];
        return long.Parse(digits.PadRight(6, '0')[..6], CultureInfo.InvariantCulture);
    }

    public void Literal(string literal)
    {
        if (string.Compare(text, Position, literal, 0, literal.Length, StringComparison.OrdinalIgnoreCase) != 0)
        {
            throw Malformed(Position);
        }

        Position += literal.Length;
    }

    /// <summary>One of some names; the place of it among them.</summary>
    public int Name(IReadOnlyList<string> names)
    {
        var found = names.Select((name, index) => (name, index))
            .Where(name => name.name.Length > 0 && string.Compare(text, Position, name.name, 0, name.name.Length, StringComparison.OrdinalIgnoreCase) == 0)
            .OrderByDescending(name => name.name.Length)
            .ToArray();
        if (found.Length == 0)
        {
            throw Malformed(Position);
        }

        Position += found[0].name.Length;
        return found[0].index;
    }

    /// <summary>What stands up to the end, as far as it is made of such characters.</summary>
    public string While(Func<char, bool> isPart)
    {
        var start = Position;
        while (Position < text.Length && isPart(text[Position]))
        {
            Position++;
        }

        return text[start..Position];
    }

    public PermanentEtlException Malformed(int position) => new(position < text.Length && position > 0
        ? $"Invalid format: \"{text}\" is malformed at \"{text[position..]}\""
        : position > 0 ? $"Invalid format: \"{text}\" is too short" : $"Invalid format: \"{text}\"");

    /// <exception cref="PermanentEtlException">A field is out of its range.</exception>
    public DateTime ToMoment()
    {
        if (!IsAtEnd)
        {
            throw Malformed(Position);
        }

        try
        {
            return Day().AddTicks(Microseconds() * TimeSpan.TicksPerMicrosecond);
        }
        catch (ArgumentOutOfRangeException exception)
        {
            throw new PermanentEtlException($"Cannot parse \"{text}\": there is no such day.", exception);
        }
    }

    private DateTime Day()
    {
        var year = (int)Field('y', 1, 9999, 1970);
        if (_fields.ContainsKey('x') || _fields.ContainsKey('w'))
        {
            var weekYear = (int)Field('x', 1, 9999, year);
            var week = (int)Field('w', 1, ISOWeek.GetWeeksInYear(weekYear), 1);
            return Instants.OfWeek(weekYear, week, (int)Field('e', 1, 7, 1));
        }

        return _fields.ContainsKey('D')
            ? new DateTime(year, 1, 1).AddDays(Field('D', 1, DateTime.IsLeapYear(year) ? 366 : 365, 1) - 1)
            : new DateTime(year, (int)Field('M', 1, 12, 1), 1) is var month
                ? month.AddDays(Field('d', 1, DateTime.DaysInMonth(year, month.Month), 1) - 1)
                : default;
    }

    private long Microseconds()
    {
        var hour = _fields.ContainsKey('H') ? Field('H', 0, 23, 0)
            : _fields.ContainsKey('k') ? Field('k', 1, 24, 24) % 24
            : (_fields.ContainsKey('K') ? Field('K', 0, 11, 0) : Field('h', 1, 12, 12) % 12) + 12 * Field('a', 0, 1, 0);
        return ((hour * 60 + Field('m', 0, 59, 0)) * 60 + Field('s', 0, 59, 0)) * 1_000_000 + Field('S', 0, 999_999, 0);
    }

    private long Field(char field, long least, long most, long otherwise)
    {
        var value = _fields.GetValueOrDefault(field, otherwise);
        return value >= least && value <= most
            ? value
            : throw new PermanentEtlException(string.Create(
                CultureInfo.InvariantCulture, $"Cannot parse \"{text}\": Value {value} for {NameOf(field)} must be in the range [{least},{most}]"));
    }

    private static string NameOf(char field) => field switch
    {
        'y' => "year",
        'x' => "weekyear",
        'w' => "weekOfWeekyear",
        'e' => "dayOfWeek",
        'D' => "dayOfYear",
        'M' => "monthOfYear",
        'd' => "dayOfMonth",
        'H' => "hourOfDay",
        'k' => "clockhourOfDay",
        'K' => "hourOfHalfday",
        'h' => "clockhourOfHalfday",
        'm' => "minuteOfHour",
        's' => "secondOfMinute",
        _ => "fractionOfSecond",
    };
}
