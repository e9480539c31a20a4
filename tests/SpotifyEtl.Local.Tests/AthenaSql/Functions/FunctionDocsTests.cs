using SpotifyEtl.Functions.Tests.Docs;
using SpotifyEtl.Local.AthenaSql.Analysis;
using SpotifyEtl.Local.AthenaSql.Functions;

namespace SpotifyEtl.Local.Tests.AthenaSql.Functions;

/// <summary>The list of functions, as it is read and as the page beside it tells of it.</summary>
public sealed class FunctionDocsTests
{
    private const string Page = "functions/SpotifyEtl.Local/AthenaSql/Functions/README.md";

    [Fact]
    public void The_page_names_every_function() => new GeneratedPart(Page, "functions", () =>
        "| domain | functions |\n|---|---|\n" + string.Join(
            '\n', AthenaFunctions.ByDomain.Select(domain => $"| {domain.Domain} | {Names(domain.Functions)} |"))).Check();

    [Fact]
    public void The_page_says_what_to_write_instead_of_what_is_not_offered() => new GeneratedPart(Page, "not offered", () =>
        "| not offered | instead |\n|---|---|\n" + string.Join(
            '\n', OtherFunctions.OfTrino().Select(other => $"| `{other.Key}` | `{other.Value.Replace("|", "\\|", StringComparison.Ordinal)}` |"))).Check();

    [Fact]
    public void What_is_not_offered_is_no_function_here() => Assert.Empty(OtherFunctions.Names.Intersect(
        AthenaFunctions.All.Select(NameOf), StringComparer.OrdinalIgnoreCase));

    [Fact]
    public void Every_signature_can_be_read() => Assert.All(AthenaFunctions.All, function => Assert.Equal(NameOf(function), Signature.Read(function).Name));

    [Fact]
    public void No_signature_is_there_twice() => Assert.Equal(
        AthenaFunctions.All.Count, AthenaFunctions.All.Select(function => function.Signature.Split(" -> ")[0]).Distinct(StringComparer.Ordinal).Count());

    private static string Names(IEnumerable<SqlFunction> functions) =>
        string.Join(", ", functions.Select(NameOf).Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal).Select(name => $"`{name}`"));

    private static string NameOf(SqlFunction function) => function.Signature[..function.Signature.IndexOf('(', StringComparison.Ordinal)];
}
