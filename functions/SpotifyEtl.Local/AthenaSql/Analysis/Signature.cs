using SpotifyEtl.Local.AthenaSql.Functions;
using SpotifyEtl.Local.AthenaSql.Syntax;
using SpotifyEtl.Local.AthenaSql.Types;

namespace SpotifyEtl.Local.AthenaSql.Analysis;

/// <summary>A function's signature, read.</summary>
internal sealed record Signature(SqlFunction Function, string Name, IReadOnlyList<SqlType> Parameters, bool IsVariadic, SqlType Result)
{
    /// <summary>A decimal of any numbers.</summary>
    public static DecimalType AnyDecimal { get; } = new(0, 0);

    /// <summary>A value of any type.</summary>
    public static SqlType Any { get; } = new SimpleType("any");

    public static Signature Read(SqlFunction function)
    {
        TokenReader tokens = new(Tokenizer.Tokens(function.Signature));
        TypeParser types = new(tokens);
        var name = tokens.Take().Value;
        tokens.Expect("(");
        List<SqlType> parameters = [];
        var isVariadic = false;
        while (!tokens.Accept(")"))
        {
            tokens.Accept(",");
            parameters.Add(TypeNames.Resolve(types.Type(), Variable));
            isVariadic = tokens.Accept(".", ".", ".");
        }

        tokens.Expect("->");
        return new Signature(function, name.ToLowerInvariant(), parameters, isVariadic, TypeNames.Resolve(types.Type(), Variable));
    }

    public bool Takes(int arguments) => IsVariadic ? arguments >= Parameters.Count - 1 : arguments == Parameters.Count;

    public SqlType ParameterAt(int index) => Parameters[Math.Min(index, Parameters.Count - 1)];

    private static SqlType? Variable(string name) => name switch
    {
        "decimal" => AnyDecimal,
        "any" => Any,
        [var letter] when char.IsAsciiLetter(letter) => new TypeVariable(name),
        [var letter, var digit] when char.IsAsciiLetter(letter) && char.IsAsciiDigit(digit) => new TypeVariable(name),
        _ => null,
    };
}
