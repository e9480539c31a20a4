using SpotifyEtl.Errors;
using SpotifyEtl.Local.AthenaSql.Functions;
using SpotifyEtl.Local.AthenaSql.Syntax;
using SpotifyEtl.Local.AthenaSql.Types;
using SpotifyEtl.Local.Terminal;

namespace SpotifyEtl.Local.AthenaSql.Analysis;

/// <summary>Finds the function that a call means, as Trino does: by name and the arguments' types.</summary>
internal sealed class Calls(ExpressionAnalyzer expressions)
{
    /// <summary>A call of values that are there already.</summary>
    public Value Of(string name, IReadOnlyList<Value> arguments, Position at) => Render(Bind(name, [.. arguments], [], at), new FunctionClauses());

    public BoundCall Bind(Call call)
    {
        List<Value?> values = [.. call.Arguments.Select(argument => argument is Lambda ? null : expressions.Analyze(argument))];
        return Bind(call.Name, values, call.Arguments, call.At);
    }

    public static Value Render(BoundCall call, FunctionClauses clauses)
    {
        var function = call.Binding.Signature.Function;
        FunctionCall types = new([.. call.Arguments.Select(value => value.Type)], [.. call.Arguments.Select(value => value.Constant)], call.Result);
        var sql = FunctionSql.Fill(function.Render?.Invoke(types) ?? function.Sql, [.. call.Arguments.Select(value => value.Sql)], clauses);
        return new Value(call.Result, $"({sql})");
    }

    private BoundCall Bind(string name, List<Value?> values, IReadOnlyList<Expression> syntax, Position at)
    {
        var signatures = expressions.Statement.Functions.Find(name);
        if (signatures.Count == 0)
        {
            throw Unknown(name, at);
        }

        BoundCall? best = null;
        PermanentEtlException? failure = null;
        foreach (var signature in signatures.Where(signature => signature.Takes(values.Count)))
        {
            try
            {
                if (Fit(signature, values, syntax, at) is { } fit && (best is null || fit.Binding.Cost < best.Binding.Cost))
                {
                    best = fit;
                }
            }
            catch (PermanentEtlException exception) when (syntax.Any(argument => argument is Lambda))
            {
                failure = exception;
            }
        }

        return best ?? throw failure ?? Misfit(name, values, signatures, at);
    }

    private BoundCall? Fit(Signature signature, List<Value?> values, IReadOnlyList<Expression> syntax, Position at)
    {
        Binding binding = new(signature);
        for (var i = 0; i < values.Count; i++)
        {
            var isLambda = values[i] is null;
            if (isLambda != signature.ParameterAt(i) is FunctionType || (!isLambda && !binding.Take(signature.ParameterAt(i), values[i]!.Type)))
            {
                return null;
            }
        }

        do
        {
            binding.IsWidened = false;
            if (!FitLambdas(binding, values, syntax))
            {
                return null;
            }
        }
        while (binding.IsWidened);

        List<Value> arguments = [];
        for (var i = 0; i < values.Count; i++)
        {
            var wanted = signature.ParameterAt(i);
            arguments.Add(values[i] is { } value
                ? Casts.Coerce(value, binding.Filled(wanted, value.Type), at)
                : LambdaValue((Lambda)syntax[i], (FunctionType)binding.Filled(wanted)));
        }

        var types = arguments.Select(value => value.Type).ToList();
        return new BoundCall(binding, arguments, signature.Function.Result?.Invoke(types) ?? binding.Filled(signature.Result));
    }

    private bool FitLambdas(Binding binding, List<Value?> values, IReadOnlyList<Expression> syntax)
    {
        for (var i = 0; i < values.Count; i++)
        {
            if (values[i] is not null)
            {
                continue;
            }

            var function = (FunctionType)binding.Signature.ParameterAt(i);
            var lambda = (Lambda)syntax[i];
            if (lambda.Parameters.Count != function.Arguments.Count)
            {
                return false;
            }

            var body = expressions.AnalyzeLambda(lambda, [.. function.Arguments.Select(one => binding.Filled(one))]);
            if (!binding.TakeResult(function.Result, body.Value.Type))
            {
                return false;
            }
        }

        return true;
    }

    private Value LambdaValue(Lambda lambda, FunctionType type)
    {
        var body = expressions.AnalyzeLambda(lambda, type.Arguments);
        var result = Casts.Coerce(body.Value, type.Result, lambda.At);
        return new Value(type, body.Parameters.Count == 0 ? result.Sql : $"lambda {string.Join(", ", body.Parameters)}: {result.Sql}");
    }

    private PermanentEtlException Unknown(string name, Position at)
    {
        if (AthenaFunctions.WhatInstead(name) is { } instead)
        {
            return at.Fault($"Function '{name}' is not offered here: write {instead}.");
        }

        return at.Fault($"Function '{name}' not registered.{Suggestion.For(name, expressions.Statement.Functions.Names)}");
    }

    private static PermanentEtlException Misfit(string name, List<Value?> values, IReadOnlyList<Signature> signatures, Position at)
    {
        var given = string.Join(", ", values.Select(value => value?.Type.ToString() ?? "function"));
        var expected = string.Join(", ", signatures.Select(signature => signature.Function.Signature.Split(" -> ")[0]).Distinct(StringComparer.Ordinal));
        return at.Fault($"Unexpected parameters ({given}) for function {name}. Expected: {expected}{TextColumns.Advice(values.OfType<Value>())}");
    }
}

/// <summary>A call whose function is found.</summary>
internal sealed record BoundCall(Binding Binding, IReadOnlyList<Value> Arguments, SqlType Result)
{
    public FunctionKind Kind => Binding.Signature.Function.Kind;
}
