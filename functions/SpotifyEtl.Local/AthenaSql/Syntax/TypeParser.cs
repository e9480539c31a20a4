using System.Globalization;

namespace SpotifyEtl.Local.AthenaSql.Syntax;

/// <summary>Reads types as they are written: <c>decimal(10, 2)</c>, <c>map(varchar, array(bigint))</c>, <c>row(a integer)</c>.</summary>
internal sealed class TypeParser(TokenReader tokens)
{
    public TypeName Type()
    {
        tokens.CheckDepth();
        var type = Plain();
        while (tokens.Sees("ARRAY"))
        {
            type = new TypeName("array", [new TypeArgument(Number: null, FieldName: null, type)], tokens.Take().At);
        }

        return type;
    }

    private TypeName Plain()
    {
        var at = tokens.At;
        if (!tokens.SeesName)
        {
            throw tokens.Mismatch("<type>");
        }

        var name = tokens.Take().Value.ToLowerInvariant();
        switch (name)
        {
            case "row" when tokens.Sees("("):
                return new TypeName(name, tokens.InParentheses(Field), at);
            case "double" when tokens.Accept("PRECISION"):
                return new TypeName(name, [], at);
            case "interval":
                var from = tokens.Name();
                tokens.Expect("TO");
                return new TypeName($"interval {from} to {tokens.Name()}".ToLowerInvariant(), [], at);
            case "time" or "timestamp":
                IReadOnlyList<TypeArgument> precision = tokens.Sees("(") ? tokens.InParentheses(Argument) : [];
                return new TypeName(HasZone() ? name + " with time zone" : name, precision, at);
        }

        IReadOnlyList<TypeArgument> arguments = tokens.Accept("<") ? Angled() : tokens.Sees("(") ? tokens.InParentheses(Argument) : [];
        return new TypeName(name, arguments, at);
    }

    private bool HasZone()
    {
        var has = tokens.Accept("WITH", "TIME", "ZONE");
        return has || (tokens.Accept("WITHOUT", "TIME", "ZONE") && false);
    }

    private List<TypeArgument> Angled()
    {
        var arguments = tokens.List(Argument);
        tokens.Expect(">");
        return arguments;
    }

    private TypeArgument Argument() => tokens.Current.Kind is TokenKind.Integer
        ? new TypeArgument(Number(), FieldName: null, Type: null)
        : new TypeArgument(Number: null, FieldName: null, Type());

    private int Number()
    {
        var token = tokens.Take();
        return int.TryParse(token.Value, NumberStyles.None, CultureInfo.InvariantCulture, out var number)
            ? number
            : throw token.At.Fault($"Invalid type parameter: {token.Text}");
    }

    // A field is named if a type follows the name.
    private TypeArgument Field()
    {
        var (next, after) = (tokens.Ahead(), tokens.Ahead(2));
        var isSuffix = (next.Is("ARRAY") && !after.Is("(") && !after.Is("<"))
            || (tokens.Sees("DOUBLE") && next.Is("PRECISION"))
            || (tokens.Sees("INTERVAL") && (next.Is("YEAR") || next.Is("DAY")) && after.Is("TO"));
        var isNamed = TokenReader.IsName(next) && !isSuffix;
        return isNamed ? new TypeArgument(Number: null, tokens.Name(), Type()) : new TypeArgument(Number: null, FieldName: null, Type());
    }
}
