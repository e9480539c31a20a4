using System.Globalization;
using System.Text;
using SpotifyEtl.Errors;

namespace SpotifyEtl.Local.AthenaSql.Functions;

/// <summary>Writes a regular expression of Java's syntax as .NET has it.</summary>
internal sealed class JavaPattern
{
    // In a class they stand without brackets.
    private static readonly Dictionary<string, string> Properties = new(StringComparer.OrdinalIgnoreCase)
    {
        ["Alpha"] = @"\p{L}\p{M}",
        ["Digit"] = @"\p{Nd}",
        ["Alnum"] = @"\p{L}\p{M}\p{Nd}",
        ["Upper"] = @"\p{Lu}",
        ["Lower"] = @"\p{Ll}",
        ["Punct"] = @"\p{P}\p{S}",
        ["Space"] = @"\s",
        ["Blank"] = @"\t\p{Zs}",
        ["Cntrl"] = @"\p{Cc}",
        ["XDigit"] = "0-9A-Fa-f",
        ["ASCII"] = @"\x00-\x7F",
        ["Word"] = @"\w",
        ["Latin"] = @"A-Za-z\u00AA\u00BA\u00C0-\u00D6\u00D8-\u00F6\u00F8-\u024F\u1E00-\u1EFF",
        ["Greek"] = @"\p{IsGreek}\p{IsGreekExtended}",
        ["Cyrillic"] = @"\p{IsCyrillic}",
        ["Hiragana"] = @"\p{IsHiragana}",
        ["Katakana"] = @"\p{IsKatakana}",
        ["Hebrew"] = @"\p{IsHebrew}",
        ["Arabic"] = @"\p{IsArabic}",
        ["Han"] = @"\u2E80-\u2FDF\u3005\u3007\u3021-\u3029\u3400-\u4DBF\u4E00-\u9FFF\uF900-\uFAFF",
    };

    private readonly string _pattern;
    private readonly StringBuilder _written = new();
    private readonly Stack<int> _groups = new();
    private int _index;
    private int _atom = -1;

    private JavaPattern(string pattern) => _pattern = pattern;

    public static string ToDotNet(string pattern) => new JavaPattern(pattern).Write();

    private string Write()
    {
        while (_index < _pattern.Length)
        {
            switch (_pattern[_index])
            {
                case '\\':
                    Begin();
                    WriteEscape(isInClass: false);
                    break;
                case '[':
                    Begin();
                    WriteClass();
                    break;
                case '(':
                    _groups.Push(_written.Length);
                    Take();
                    break;
                case ')':
                    _atom = _groups.Count > 0 ? _groups.Pop() : -1;
                    Take();
                    break;
                case '*' or '+' or '?':
                    WriteQuantifier(_index + 1);
                    break;
                case '{' when _pattern.IndexOf('}', _index) is var close and > 0:
                    WriteQuantifier(close + 1);
                    break;
                default:
                    Begin();
                    Take();
                    break;
            }
        }

        return _written.ToString();
    }

    private void Begin() => _atom = _written.Length;

    private void Take() => _written.Append(_pattern[_index++]);

    // What .NET has no possessive quantifiers for is an atomic group.
    private void WriteQuantifier(int end)
    {
        var quantifier = _pattern[_index..end];
        _index = end;
        if (end < _pattern.Length && _pattern[end] == '+' && _atom >= 0)
        {
            _index++;
            _written.Insert(_atom, "(?>").Append(quantifier).Append(')');
            return;
        }

        _written.Append(quantifier);
        if (end < _pattern.Length && _pattern[end] == '?')
        {
            Take();
        }
    }

    private void WriteEscape(bool isInClass)
    {
        var next = _index + 1 < _pattern.Length
            ? _pattern[_index + 1]
            : throw new PermanentEtlException($"The regular expression {_pattern} ends in a backslash.");
        _index += 2;
        switch (next)
        {
            case 'Q' when !isInClass:
                var end = _pattern.IndexOf(@"\E", _index, StringComparison.Ordinal) is var found and >= 0 ? found : _pattern.Length;
                _written.Append(System.Text.RegularExpressions.Regex.Escape(_pattern[_index..end]));
                _index = Math.Min(end + 2, _pattern.Length);
                break;
            case 'p' or 'P':
                WriteProperty(isNegated: next == 'P', isInClass);
                break;
            case 'x' when _index < _pattern.Length && _pattern[_index] == '{' && _pattern.IndexOf('}', _index) is var close and > 0:
                var character = char.ConvertFromUtf32(int.Parse(_pattern[(_index + 1)..close], NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture));
                _written.Append(character.Length > 1 && !isInClass ? $"(?:{character})" : System.Text.RegularExpressions.Regex.Escape(character));
                _index = close + 1;
                break;
            case 'h':
                _written.Append(isInClass ? @"\t\p{Zs}" : @"[\t\p{Zs}]");
                break;
            case 'H' when !isInClass:
                _written.Append(@"[^\t\p{Zs}]");
                break;
            case 'R' when !isInClass:
                _written.Append(@"(?:\r\n|[\n\v\f\r\u0085\u2028\u2029])");
                break;
            default:
                _written.Append('\\').Append(next);
                break;
        }
    }

    private void WriteProperty(bool isNegated, bool isInClass)
    {
        var close = _index < _pattern.Length && _pattern[_index] == '{' ? _pattern.IndexOf('}', _index) : -1;
        var name = close > 0 ? _pattern[(_index + 1)..close] : _pattern[_index..Math.Min(_index + 1, _pattern.Length)];
        _index = close > 0 ? close + 1 : _index + 1;
        if (name.StartsWith('^'))
        {
            (isNegated, name) = (!isNegated, name[1..]);
        }

        if (!Properties.TryGetValue(name, out var members))
        {
            _written.Append(isNegated ? @"\P{" : @"\p{").Append(name.StartsWith("In", StringComparison.Ordinal) ? $"Is{name[2..]}" : name).Append('}');
            return;
        }

        if (isNegated && isInClass)
        {
            throw new PermanentEtlException($@"In a regular expression's class \P{{{name}}} is not offered here. Write it outside of the brackets.");
        }

        _written.Append(isInClass ? members : $"[{(isNegated ? "^" : "")}{members}]");
    }

    // Java's classes may hold others and be cut with them: .NET's may not, and would read the brackets as characters.
    private void WriteClass()
    {
        Take();
        if (_index < _pattern.Length && _pattern[_index] == '^')
        {
            Take();
        }

        if (_index < _pattern.Length && _pattern[_index] == ']')
        {
            Take();
        }

        while (_index < _pattern.Length && _pattern[_index] != ']')
        {
            switch (_pattern[_index])
            {
                case '\\':
                    WriteEscape(isInClass: true);
                    break;
                case '[' when _index + 1 < _pattern.Length && _pattern[_index + 1] == ':':
                    WritePosixClass();
                    break;
                case '[':
                case '&' when _index + 1 < _pattern.Length && _pattern[_index + 1] == '&':
                    throw new PermanentEtlException(
                        $"A class in a class, and &&, are not offered here in regular expressions: {_pattern}. Write one class, and \\[ for a bracket.");
                default:
                    Take();
                    break;
            }
        }

        if (_index < _pattern.Length)
        {
            Take();
        }
    }

    private void WritePosixClass()
    {
        var close = _pattern.IndexOf(":]", _index, StringComparison.Ordinal);
        var name = close > 0 ? _pattern[(_index + 2)..close] : "";
        _written.Append(Properties.TryGetValue(name, out var members)
            ? members
            : throw new PermanentEtlException($"The regular expression {_pattern} has a class [:{name}:], which there is not."));
        _index = close + 2;
    }
}
