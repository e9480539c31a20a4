using SpotifyEtl.Local.AthenaSql.Types;

namespace SpotifyEtl.Local.AthenaSql.DuckDb;

/// <summary>Casts that give null instead of failing, where DuckDB computes them faster than TRY would.</summary>
internal static class TryCastSql
{
    /// <summary>The expression; null: TRY is needed.</summary>
    public static string? Of(string sql, SqlType from, SqlType to) => from is VarcharType && CastSql.TryNumber("", to) is not null
        ? CastSql.Once(sql, isSimple: false, value => CastSql.TryNumber(value, to))
        : null;
}
