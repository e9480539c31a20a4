using SpotifyEtl.Local.AthenaSql.Syntax;

namespace SpotifyEtl.Local.Tests.AthenaSql.Syntax;

public sealed class ScriptTests
{
    [Theory]
    [InlineData("SELECT 1", "SELECT 1")]
    [InlineData("SELECT 1;", "SELECT 1")]
    [InlineData(";; SELECT 1 ; ;\nSELECT 2;", "SELECT 1|SELECT 2")]
    [InlineData("SELECT ';', 'it''s;'; SELECT 2", "SELECT ';', 'it''s;'|SELECT 2")]
    [InlineData("SELECT \";\" FROM \"a\"\";\"; SELECT 2", "SELECT \";\" FROM \"a\"\";\"|SELECT 2")]
    [InlineData("SELECT 1 -- one; or '\n; SELECT 2", "SELECT 1|SELECT 2")]
    [InlineData("/* a; */ SELECT /* ' ; */ 1; SELECT 2", "SELECT /* ' ; */ 1|SELECT 2")]
    [InlineData("SELECT `a;b`; SELECT 2", "SELECT `a;b`|SELECT 2")]
    [InlineData("SELECT U&'d\\0061;', X'3B'; SELECT 2", "SELECT U&'d\\0061;', X'3B'|SELECT 2")]
    [InlineData("SELECT @#é; SELECT 1a; SELECT 2", "SELECT @#é|SELECT 1a|SELECT 2")]
    [InlineData("SELECT 'open; SELECT 2", "SELECT 'open; SELECT 2")]
    [InlineData("SELECT 1; /* open; SELECT 2", "SELECT 1|/* open; SELECT 2")]
    [InlineData("-- nothing;\n/* ; */ ;", "")]
    public void Semicolons_separate_statements_and_those_in_texts_names_and_comments_do_not(string text, string expected) =>
        Assert.Equal(expected, string.Join('|', Script.Statements(text).Select(statement => statement.Sql)));

    [Fact]
    public void A_statement_tells_where_it_begins()
    {
        Assert.Equal([new Position(1, 1), new Position(3, 3)], Script.Statements("SELECT\n1; -- x\n  SELECT 2").Select(statement => statement.At));
    }

    [Theory]
    [InlineData("SELECT 1;", true)]
    [InlineData("SELECT 1; -- done", true)]
    [InlineData("SELECT 1", false)]
    [InlineData("SELECT 1; SELECT", false)]
    [InlineData("SELECT ';", false)]
    [InlineData("SELECT 1 /* ;", false)]
    [InlineData("SELECT 1 -- ;", false)]
    [InlineData("", false)]
    public void A_statement_is_ended_by_its_semicolon(string text, bool isEnded) => Assert.Equal(isEnded, Script.IsEnded(text));
}
