using SpotifyEtl.Local.AthenaSql.DuckDb;
using SpotifyEtl.Local.AthenaSql.Syntax;

namespace SpotifyEtl.Local.AthenaSql.Analysis;

/// <summary>Finds what stands in FROM. Each relation gets a name of its own in DuckDB's SQL.</summary>
internal sealed class Relations(QueryAnalyzer queries, Scope? outer)
{
    private readonly StatementContext _statement = queries.Statement;

    public AnalyzedRelation Analyze(Relation relation) => Analyze(relation, []);

    /// <param name="relation">The relation.</param>
    /// <param name="before">The columns of the relations before, which LATERAL and UNNEST may speak of.</param>
    private AnalyzedRelation Analyze(Relation relation, IReadOnlyList<Field> before) => relation switch
    {
        TableRelation table => new Tables(queries).Find(table.Name),
        NestedRelation query => Of(query, before),
        UnnestRelation unnest when new Unnesting(queries, Before(before)).Analyze(unnest, left: null, keepsAll: false) is var alone =>
            new AnalyzedRelation(alone.Sql, alone.Fields),
        AliasedRelation aliased => Renamed(Analyze(aliased.Of, before), aliased),
        JoinRelation join => Join(join, before),
        _ => throw relation.At.Fault("This relation is not offered here."),
    };

    private Scope Before(IReadOnlyList<Field> before) => new(before, outer);

    private AnalyzedRelation Of(NestedRelation relation, IReadOnlyList<Field> before)
    {
        var query = queries.Analyze(relation.Query, relation.IsLateral ? Before(before) : outer);
        var name = _statement.NewName('r');
        return new AnalyzedRelation($"{(relation.IsLateral && before.Count > 0 ? "LATERAL " : "")}({query.Sql}) AS {name}", query.FieldsOf(name, []));
    }

    private static AnalyzedRelation Renamed(AnalyzedRelation relation, AliasedRelation aliased)
    {
        var shown = relation.Fields.Where(field => !field.IsHidden).ToList();
        if (aliased.Columns is { } names && names.Count != shown.Count)
        {
            throw aliased.At.Fault($"Column alias list has {names.Count} entries but '{aliased.Alias}' has {shown.Count} columns available");
        }

        return relation with
        {
            Fields =
            [
                .. relation.Fields.Select(field => field with
                {
                    Name = aliased.Columns is null || field.IsHidden ? field.Name : aliased.Columns[shown.IndexOf(field)],
                    Qualifier = [aliased.Alias],
                }),
            ],
        };
    }

    private AnalyzedRelation Join(JoinRelation join, IReadOnlyList<Field> before)
    {
        var left = Analyze(join.Left, before);
        if (UnnestOf(join.Right) is { } unnest)
        {
            return Unnested(join, left, unnest, before);
        }

        var right = Analyze(join.Right, [.. before, .. left.Fields]);
        var kind = $"{join.Kind.ToString().ToUpperInvariant()} JOIN";
        var fields = (IReadOnlyList<Field>)[.. left.Fields, .. right.Fields];
        if (join.Kind is JoinKind.Cross)
        {
            return new AnalyzedRelation($"{left.Sql} {kind} {Nested(right, join.Right)}", fields);
        }

        if (join.On is not null)
        {
            ExpressionAnalyzer expressions = new(_statement, queries, new Scope(fields, outer), Clause.Join);
            var condition = expressions.Condition(join.On, "JOIN ON clause").Sql;
            return new AnalyzedRelation($"{left.Sql} {kind} {Nested(right, join.Right)} ON {condition}", fields);
        }

        var names = join.Using ?? [.. left.Fields.Where(field => field.Name is not null && right.Fields.Any(other => IsNamed(other, field.Name)))
            .Select(field => field.Name!)];
        return Using(join, left, right, names);
    }

    private AnalyzedRelation Unnested(JoinRelation join, AnalyzedRelation left, UnnestRelation unnest, IReadOnlyList<Field> before)
    {
        var isAll = join.Kind is JoinKind.Cross || join.On is BooleanLiteral { Value: true };
        if (!isAll || join.Kind is JoinKind.Right or JoinKind.Full)
        {
            throw join.At.Fault($"{join.Kind.ToString().ToUpperInvariant()} JOIN involving UNNEST is only supported as CROSS JOIN, or LEFT JOIN ON TRUE");
        }

        var rows = new Unnesting(queries, Before([.. before, .. left.Fields])).Analyze(unnest, left, keepsAll: join.Kind is JoinKind.Left);
        var added = new AnalyzedRelation("", rows.Fields);
        added = join.Right is AliasedRelation aliased ? Renamed(added, aliased) : added;
        return new AnalyzedRelation(rows.Sql, [.. rows.Before, .. added.Fields]);
    }

    private static UnnestRelation? UnnestOf(Relation relation) => relation as UnnestRelation ?? (relation as AliasedRelation)?.Of as UnnestRelation;

    private static AnalyzedRelation Using(JoinRelation join, AnalyzedRelation left, AnalyzedRelation right, IReadOnlyList<string> names)
    {
        List<Field> common = [];
        List<string> conditions = [];
        foreach (var name in names)
        {
            var (first, second) = (One(left, name, "left", join.At), One(right, name, "right", join.At));
            var (one, other) = Predicates.Alike("=", ValueOf(first), ValueOf(second), join.At);
            conditions.Add(ComparisonSql.Of("=", one, other));
            var type = TypeRules.Common(first.Type, second.Type)!;
            common.Add(new Field(first.Name, type, join.Kind switch
            {
                JoinKind.Full => $"coalesce({Casts.Coerce(ValueOf(first), type, join.At).Sql}, {Casts.Coerce(ValueOf(second), type, join.At).Sql})",
                JoinKind.Right => Casts.Coerce(ValueOf(second), type, join.At).Sql,
                _ => Casts.Coerce(ValueOf(first), type, join.At).Sql,
            })
            {
                TypedTable = first.TypedTable,
            });
        }

        var rest = left.Fields.Concat(right.Fields).Where(field => !names.Any(name => IsNamed(field, name)));
        var kind = $"{join.Kind.ToString().ToUpperInvariant()} JOIN";
        var condition = conditions.Count == 0 ? "true" : string.Join(" AND ", conditions);
        return new AnalyzedRelation($"{left.Sql} {kind} {Nested(right, join.Right)} ON {condition}", [.. common, .. rest]);
    }

    private static Value ValueOf(Field field) => new(field.Type, field.Sql) { Field = field };

    private static bool IsNamed(Field field, string? name) => name is not null && string.Equals(field.Name, name, StringComparison.OrdinalIgnoreCase);

    private static Field One(AnalyzedRelation relation, string name, string side, Position at)
    {
        var found = relation.Fields.Where(field => IsNamed(field, name)).Take(2).ToList();
        return found switch
        {
            [var only] => only,
            [] => throw at.Fault($"Column '{name}' is missing from {side} side of join"),
            _ => throw at.Fault($"Column '{name}' is ambiguous"),
        };
    }

    private static string Nested(AnalyzedRelation relation, Relation syntax) => syntax is JoinRelation ? $"({relation.Sql})" : relation.Sql;
}
