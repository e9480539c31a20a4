using SpotifyEtl.Local.AthenaSql.Types;

namespace SpotifyEtl.Local.AthenaSql.Functions;

/// <summary>What a function is called for.</summary>
internal enum FunctionKind
{
    /// <summary>A value of a row's values.</summary>
    Scalar,

    /// <summary>A value of many rows; over a window too.</summary>
    Aggregate,

    /// <summary>A value of a row among others; only over a window.</summary>
    Window,
}

/// <summary>A function of Athena's SQL, in one of its signatures, and how DuckDB computes it.</summary>
/// <param name="Signature">
/// In Trino's notation: <c>substr(varchar, bigint) -&gt; varchar</c>. A last parameter that may be repeated ends in <c>...</c>; a capital letter stands for a
/// type, the same in all its places (<c>array(T)</c>); a lambda is <c>function(T, boolean)</c>; <c>decimal</c> without numbers is a decimal of any numbers,
/// <c>timestamp</c>, <c>time</c> and <c>timestamp with time zone</c> without one are of any precision; <c>any</c> is a value of any type, each its own.
/// </param>
/// <param name="Sql">
/// DuckDB's expression: <c>{0}</c> is the first argument, <c>{*}</c> all, with commas between. Of a lambda <c>{1:0}</c> is the first parameter's name,
/// <c>{1:body}</c> the expression. An aggregate says where its clauses go: <c>{distinct}</c> and <c>{order}</c> (of window functions <c>{nulls}</c>) inside of
/// the parentheses, <c>{filter}</c> and <c>{over}</c> behind them: <c>list({distinct}{0}{order}){filter}{over}</c>. <see cref="FunctionSql.Fill"/> puts all
/// of it in.
/// </param>
internal sealed record SqlFunction(string Signature, string Sql)
{
    /// <summary>What it is called for.</summary>
    public FunctionKind Kind { get; init; }

    /// <summary>Its type, where the signature cannot tell: of the arguments' types.</summary>
    public Func<IReadOnlyList<SqlType>, SqlType>? Result { get; init; }

    /// <summary>DuckDB's expression, where it depends on the types or on a constant; in place of <see cref="Sql"/>, with the same marks.</summary>
    public Func<FunctionCall, string>? Render { get; init; }
}

/// <summary>A call, as it is rendered.</summary>
/// <param name="Types">The arguments' types, after conversion to those of the signature.</param>
/// <param name="Constants">The texts of arguments that are string literals; null where one is not.</param>
/// <param name="Result">The type of the call.</param>
internal sealed record FunctionCall(IReadOnlyList<SqlType> Types, IReadOnlyList<string?> Constants, SqlType Result);
