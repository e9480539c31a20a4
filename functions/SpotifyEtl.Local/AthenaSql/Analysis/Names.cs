using SpotifyEtl.Local.AthenaSql.DuckDb;
using SpotifyEtl.Local.AthenaSql.Syntax;
using SpotifyEtl.Local.AthenaSql.Types;
using SpotifyEtl.Local.Terminal;

namespace SpotifyEtl.Local.AthenaSql.Analysis;

/// <summary>Finds columns, parameters of lambdas and fields of rows by their names.</summary>
internal static class Names
{
    public static Value Of(ExpressionAnalyzer expressions, Expression name)
    {
        if (Parts(name) is not { } parts)
        {
            var dereference = (Dereference)name;
            return Field(expressions.Analyze(dereference.Of), dereference);
        }

        return Find(expressions, name, parts) ?? throw Unknown(expressions.Scope, parts, name.At);
    }

    /// <summary>The names of a name with what qualifies it; null: it is more than names.</summary>
    public static IReadOnlyList<string>? Parts(Expression expression) => expression switch
    {
        NameExpression name => [name.Name],
        Dereference dereference when Parts(dereference.Of) is { } before => [.. before, dereference.Name],
        _ => null,
    };

    private static Value? Find(ExpressionAnalyzer expressions, Expression name, IReadOnlyList<string> parts)
    {
        if (parts is [var only] && expressions.Parameter(only) is { } parameter)
        {
            return parameter;
        }

        var isOfParameter = parts.Count > 1 && expressions.Parameter(parts[0]) is not null;
        if (!isOfParameter && expressions.Scope.Find(parts, name.At) is { } field)
        {
            return new Value(field.Type, field.Sql) { Field = field };
        }

        return name is Dereference dereference && Find(expressions, dereference.Of, [.. parts.SkipLast(1)]) is { } row ? Field(row, dereference) : null;
    }

    private static Value Field(Value row, Dereference dereference)
    {
        if (row.Type is not RowType type)
        {
            throw dereference.At.Fault($"Expression is not of type ROW: {row.Type} has no field '{dereference.Name}'");
        }

        var places = Enumerable.Range(0, type.Fields.Count)
            .Where(place => dereference.Name.Equals(type.Fields[place].Name, StringComparison.OrdinalIgnoreCase))
            .ToList();
        return places switch
        {
            [var place] => new Value(type.Fields[place].Type, Spelling.Field(row.Sql, place + 1)),
            [] => throw dereference.At.Fault(
                $"Column '{dereference.Name}' cannot be resolved: the row has "
                    + $"{string.Join(", ", type.Fields.Select(field => field.Name ?? "fields without names"))}"),
            _ => throw dereference.At.Fault($"Ambiguous row field reference: {dereference.Name}"),
        };
    }

    private static Errors.PermanentEtlException Unknown(Scope scope, IReadOnlyList<string> parts, Position at)
    {
        var known = scope.Fields.Select(field => field.Name).OfType<string>();
        return at.Fault($"Column '{string.Join('.', parts)}' cannot be resolved.{Suggestion.For(parts[^1], known)}".TrimEnd('.'));
    }
}
