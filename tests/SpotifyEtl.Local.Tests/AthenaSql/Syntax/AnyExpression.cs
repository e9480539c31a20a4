using SpotifyEtl.Local.AthenaSql.Syntax;

namespace SpotifyEtl.Local.Tests.AthenaSql.Syntax;

/// <summary>Expressions made up, and as SQL with no more parentheses than Trino's precedence asks for.</summary>
/// <param name="choose">A number from 0 on, less than one given.</param>
internal sealed class AnyExpression(Func<int, int> choose)
{
    private const int Or = 1;
    private const int And = 2;
    private const int Negated = 3;
    private const int Predicate = 4;
    private const int Concatenated = 5;
    private const int Sum = 6;
    private const int Product = 7;
    private const int Signed = 8;
    private const int Zoned = 9;
    private const int Primary = 10;

    private static readonly Position s_nowhere = new(1, 1);

    public Expression Next(int depth)
    {
        if (depth == 0)
        {
            return Leaf();
        }

        Expression Inner() => Next(choose(depth));
        return choose(18) switch
        {
            0 => new Calculation("+", Inner(), Inner(), s_nowhere),
            1 => new Calculation("-", Inner(), Inner(), s_nowhere),
            2 => new Calculation("*", Inner(), Inner(), s_nowhere),
            3 => new Calculation("||", Inner(), Inner(), s_nowhere),
            4 => new Comparison("<=", Inner(), Inner(), s_nowhere),
            5 => new Logical(IsAnd: true, [Inner(), Inner(), Inner()], s_nowhere),
            6 => new Logical(IsAnd: false, [Inner(), Inner()], s_nowhere),
            7 => new Not(Inner(), s_nowhere),
            8 => new Negation(Inner(), s_nowhere),
            9 => new Between(Inner(), Inner(), Inner(), s_nowhere),
            10 => new InList(Inner(), [Inner(), Inner()], s_nowhere),
            11 => new Like(Inner(), Inner(), choose(2) == 0 ? null : Inner(), s_nowhere),
            12 => new IsNull(Inner(), s_nowhere),
            13 => new IsDistinct(Inner(), Inner(), s_nowhere),
            14 => new Subscript(Inner(), Inner(), s_nowhere),
            15 => new AtTimeZone(Inner(), Inner(), s_nowhere),
            16 => new Case(choose(2) == 0 ? null : Inner(), [new When(Inner(), Inner())], choose(2) == 0 ? null : Inner(), s_nowhere),
            _ => new Call("f", [Inner(), new Lambda(["x", "y"], Inner(), s_nowhere)], s_nowhere),
        };
    }

    public static string Sql(Expression expression) => Text(expression).Sql;

    private Expression Leaf() => choose(6) switch
    {
        0 => new NullLiteral(s_nowhere),
        1 => new IntegerLiteral($"{choose(100)}", s_nowhere),
        2 => new DecimalLiteral($"{choose(100)}.{choose(100)}", s_nowhere),
        3 => new TextLiteral(new string([.. Enumerable.Range(0, choose(4)).Select(_ => "a'\"-/*;é\n"[choose(9)])]), s_nowhere),
        4 => new Dereference(new NameExpression("a b", s_nowhere), "c\"d", s_nowhere),
        _ => new NameExpression("column", s_nowhere),
    };

    private static (string Sql, int Level) Text(Expression expression) => expression switch
    {
        NullLiteral => ("NULL", Primary),
        IntegerLiteral literal => (literal.Digits, Primary),
        DecimalLiteral literal => (literal.Digits, Primary),
        TextLiteral literal => ($"'{literal.Value.Replace("'", "''", StringComparison.Ordinal)}'", Primary),
        NameExpression name => (Name(name.Name), Primary),
        Dereference dereference => ($"{At(dereference.Of, Primary)}.{Name(dereference.Name)}", Primary),
        Calculation { Operator: "*" } product => ($"{At(product.Left, Product)} * {At(product.Right, Signed)}", Product),
        Calculation { Operator: "||" } chain => ($"{At(chain.Left, Concatenated)} || {At(chain.Right, Sum)}", Concatenated),
        Calculation sum => ($"{At(sum.Left, Sum)} {sum.Operator} {At(sum.Right, Product)}", Sum),
        Comparison comparison => ($"{At(comparison.Left, Concatenated)} {comparison.Operator} {At(comparison.Right, Concatenated)}", Predicate),
        Logical { IsAnd: true } and => (string.Join(" AND ", and.Terms.Select(term => At(term, Negated))), And),
        Logical or => (string.Join(" OR ", or.Terms.Select(term => At(term, And))), Or),
        Not { Of: Between or InList or Like or IsNull or IsDistinct } not => ($"NOT ({Sql(not.Of)})", Negated),
        Not not => ($"NOT {At(not.Of, Negated)}", Negated),
        Negation negation => ($"- {At(negation.Of, Signed)}", Signed),
        Between between => ($"{At(between.Value, Concatenated)} BETWEEN {At(between.Low, Concatenated)} AND {At(between.High, Concatenated)}", Predicate),
        InList list => ($"{At(list.Value, Concatenated)} IN ({string.Join(", ", list.Items.Select(Sql))})", Predicate),
        Like like => ($"{At(like.Value, Concatenated)} LIKE {At(like.Pattern, Concatenated)}"
            + (like.Escape is null ? "" : $" ESCAPE {At(like.Escape, Concatenated)}"), Predicate),
        IsNull isNull => ($"{At(isNull.Of, Concatenated)} IS NULL", Predicate),
        IsDistinct distinct => ($"{At(distinct.Left, Concatenated)} IS DISTINCT FROM {At(distinct.Right, Concatenated)}", Predicate),
        Subscript subscript => ($"{At(subscript.Of, Primary)}[{At(subscript.Index, Concatenated)}]", Primary),
        AtTimeZone zone => ($"{At(zone.Of, Zoned)} AT TIME ZONE {At(zone.Zone, Primary)}", Zoned),
        Case choice => ($"CASE {(choice.Operand is null ? "" : Sql(choice.Operand))} "
            + string.Join(' ', choice.Whens.Select(when => $"WHEN {Sql(when.Condition)} THEN {Sql(when.Result)}"))
            + (choice.Else is null ? " END" : $" ELSE {Sql(choice.Else)} END"), Primary),
        Call call => ($"f({string.Join(", ", call.Arguments.Select(Sql))})", Primary),
        Lambda lambda => ($"({string.Join(", ", lambda.Parameters)}) -> {Sql(lambda.Body)}", Or),
        _ => throw new NotSupportedException(expression.GetType().Name),
    };

    private static string Name(string name) => $"\"{name.Replace("\"", "\"\"", StringComparison.Ordinal)}\"";

    private static string At(Expression expression, int level) => Text(expression) is var (sql, own) && own >= level ? sql : $"({Sql(expression)})";
}
