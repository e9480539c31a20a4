using DuckDB.NET.Data;

namespace SpotifyEtl.Local.AthenaSql.Functions;

/// <summary>A function in C# that expressions call by its name.</summary>
internal sealed record NativeFunction(string Name, Action<DuckDBConnection> Register)
{
    public static NativeFunction Of<T, TResult>(string name, Func<T, TResult> function) => new(name, connection => connection.Register(name, function));

    public static NativeFunction Of<T1, T2, TResult>(string name, Func<T1, T2, TResult> function) =>
        new(name, connection => connection.Register(name, function));

    public static NativeFunction Of<T1, T2, T3, TResult>(string name, Func<T1, T2, T3, TResult> function) =>
        new(name, connection => connection.Register(name, function));

    public static NativeFunction Of<T1, T2, T3, T4, TResult>(string name, Func<T1, T2, T3, T4, TResult> function) =>
        new(name, connection => connection.Register(name, function));
}
