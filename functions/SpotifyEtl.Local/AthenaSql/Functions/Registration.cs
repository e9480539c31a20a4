using DuckDB.NET.Data;
using DuckDB.NET.Data.DataChunk.Reader;
using DuckDB.NET.Data.DataChunk.Writer;

namespace SpotifyEtl.Local.AthenaSql.Functions;

/// <summary>Makes C# functions known to a connection. They give null where an argument is null.</summary>
internal static class Registration
{
    // DuckDB leaves rows with nulls to functions that do not ask for them, so these ask.
    private static readonly ScalarFunctionOptions Pure = new() { IsPureFunction = true, HandlesNulls = true };

    public static void Register<T, TResult>(this DuckDBConnection connection, string name, Func<T, TResult> function) =>
        connection.RegisterScalarFunction<T, TResult>(
            name, (arguments, result, rows) => Compute(arguments, result, rows, row => function(arguments[0].GetValue<T>(row))), Pure);

    public static void Register<T1, T2, TResult>(this DuckDBConnection connection, string name, Func<T1, T2, TResult> function) =>
        connection.RegisterScalarFunction<T1, T2, TResult>(
            name,
            (arguments, result, rows) => Compute(
                arguments, result, rows, row => function(arguments[0].GetValue<T1>(row), arguments[1].GetValue<T2>(row))),
            Pure);

    public static void Register<T1, T2, T3, TResult>(this DuckDBConnection connection, string name, Func<T1, T2, T3, TResult> function) =>
        connection.RegisterScalarFunction<T1, T2, T3, TResult>(
            name,
            (arguments, result, rows) => Compute(
                arguments,
                result,
                rows,
                row => function(arguments[0].GetValue<T1>(row), arguments[1].GetValue<T2>(row), arguments[2].GetValue<T3>(row))),
            Pure);

    public static void Register<T1, T2, T3, T4, TResult>(this DuckDBConnection connection, string name, Func<T1, T2, T3, T4, TResult> function) =>
        connection.RegisterScalarFunction<T1, T2, T3, T4, TResult>(
            name,
            (arguments, result, rows) => Compute(
                arguments,
                result,
                rows,
                row => function(
                    arguments[0].GetValue<T1>(row), arguments[1].GetValue<T2>(row), arguments[2].GetValue<T3>(row), arguments[3].GetValue<T4>(row))),
            Pure);

    private static void Compute<TResult>(IReadOnlyList<IDuckDBDataReader> arguments, IDuckDBDataWriter result, ulong rows, Func<ulong, TResult> function)
    {
        for (ulong row = 0; row < rows; row++)
        {
            if (AreAllValid(arguments, row))
            {
                result.WriteValue(function(row), row);
            }
            else
            {
                result.WriteNull(row);
            }
        }
    }

    private static bool AreAllValid(IReadOnlyList<IDuckDBDataReader> arguments, ulong row)
    {
        foreach (var argument in arguments)
        {
            if (!argument.IsValid(row))
            {
                return false;
            }
        }

        return true;
    }
}
