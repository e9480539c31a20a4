using System.Text;
using SpotifyEtl.Transform.Items;

namespace SpotifyEtl.Functions.Tests.Transform;

public sealed class ReleaseDateTests
{
    [Theory]
    [InlineData("2019", "2019-01-01")]
    [InlineData("2019-07", "2019-07-01")]
    [InlineData("2019-07-09", "2019-07-09")]
    [InlineData("2024-02-29", "2024-02-29")]
    [InlineData("0001", "0001-01-01")]
    [InlineData("9999-12-31", "9999-12-31")]
    public void A_date_is_padded_to_a_day(string text, string written) => Assert.Equal(written, Write(text));

    [Theory]
    [InlineData("")]
    [InlineData("0000")]
    [InlineData("0000-00-00")]
    [InlineData("2023-02-29")]
    [InlineData("2023-00")]
    [InlineData("2023-13")]
    [InlineData("2023-04-31")]
    [InlineData("2023-04-00")]
    [InlineData("2023-4-1")]
    [InlineData("2023/04/01")]
    [InlineData("2023-04-01T00:00:00Z")]
    [InlineData("2023-")]
    [InlineData("-023")]
    [InlineData("+023")]
    [InlineData(" 2023")]
    [InlineData("20230401")]
    [InlineData("soon")]
    [InlineData("é201")]
    [InlineData("２０２３")]
    public void Anything_else_is_empty(string text) => Assert.Equal("", Write(text));

    private static string Write(string text)
    {
        Span<byte> written = stackalloc byte[ReleaseDate.Length];
        return Encoding.UTF8.GetString(written[..ReleaseDate.Write(Encoding.UTF8.GetBytes(text), written)]);
    }
}
