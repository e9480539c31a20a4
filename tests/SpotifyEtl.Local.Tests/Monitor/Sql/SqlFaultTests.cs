using SpotifyEtl.Local.Monitor.Sql;

namespace SpotifyEtl.Local.Tests.Monitor.Sql;

public sealed class SqlFaultTests
{
    [Theory]
    [InlineData("line 1:8: Column 'x' cannot be resolved", 1, 8)]
    [InlineData("line 12:34: mismatched input 'FROM'", 12, 34)]
    [InlineData("Parser Error: syntax error at or near \"FROM\" (line 2, column 3)", 2, 3)]
    [InlineData("Query 7 failed: COLUMN_NOT_FOUND: line 3:5: Column 'y' cannot be resolved", 3, 5)]
    public void A_place_is_taken_from_the_message(string message, int line, int column) =>
        Assert.Equal(new SqlFault(message, line, column), SqlFault.Of(message));

    [Theory]
    [InlineData("There is no table or view 'x'.")]
    [InlineData("Division by zero")]
    [InlineData("an outline 1:8 of it")]
    [InlineData("line 99999999999999:1: too far")]
    public void A_message_without_one_has_none(string message) => Assert.Equal(new SqlFault(message, null, null), SqlFault.Of(message));
}
