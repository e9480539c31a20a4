namespace SpotifyEtl.Local.Tests.Catalog;

/// <summary>A query of so many rows that nobody waits for the last: the numbers from 0 on, in any order, as <c>n</c>.</summary>
internal static class ManyRows
{
    public const string Sql = """
        SELECT (a.x * 10000 + b.x) * 10000 + c.x AS n
        FROM UNNEST(sequence(0, 9999)) a(x) CROSS JOIN UNNEST(sequence(0, 9999)) b(x) CROSS JOIN UNNEST(sequence(0, 9999)) c(x)
        """;
}
