namespace SpotifyEtl.Local.Tests.AthenaSql;

/// <summary>A statement, and its rows or what its refusal names.</summary>
internal sealed record DocumentedStatement(string Sql, string Rows, string? Refusal)
{
    public static IEnumerable<DocumentedStatement> Read(string text)
    {
        foreach (var block in text.Split("\n\n", StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries))
        {
            var lines = block.Split('\n');
            yield return new DocumentedStatement(
                lines[0],
                string.Join('\n', lines.Where(line => line.StartsWith("= ", StringComparison.Ordinal)).Select(line => line[2..])),
                lines.SingleOrDefault(line => line.StartsWith("! ", StringComparison.Ordinal))?[2..]);
        }
    }
}
