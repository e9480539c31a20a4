using System.Text;
using SpotifyEtl.Transform.Items;

namespace SpotifyEtl.Functions.Tests.Transform;

public sealed class UtcTimeTests
{
    [Theory]
    [InlineData("2024-05-31T16:25:46Z", "2024-05-31 16:25:46+00:00")]
    [InlineData("2024-05-31T16:25:46", "2024-05-31 16:25:46+00:00")]
    [InlineData("2024-05-31T16:25", "2024-05-31 16:25:00+00:00")]
    [InlineData("2024-05-31T16:25Z", "2024-05-31 16:25:00+00:00")]
    [InlineData("2024-05-31T16:25:46.1Z", "2024-05-31 16:25:46+00:00")]
    [InlineData("2024-05-31T16:25:46.999999999999Z", "2024-05-31 16:25:46+00:00")]
    [InlineData("2024-05-31T16:25:46,5", "2024-05-31 16:25:46+00:00")]
    [InlineData("2024-05-31T16:25:46+02:00", "2024-05-31 14:25:46+00:00")]
    [InlineData("2024-05-31T16:25:46.5-0930", "2024-06-01 01:55:46+00:00")]
    [InlineData("2024-12-31T23:00:00-01", "2025-01-01 00:00:00+00:00")]
    [InlineData("2024-02-29T00:00:00+23:59", "2024-02-28 00:01:00+00:00")]
    [InlineData("0001-01-01T00:00:00Z", "0001-01-01 00:00:00+00:00")]
    [InlineData("9999-12-31T23:59:59Z", "9999-12-31 23:59:59+00:00")]
    public void A_time_is_written_in_UTC_without_its_fraction(string text, string written) => Assert.Equal(written, WriteAddedAt(text));

    [Theory]
    [InlineData("")]
    [InlineData("2024-05-31")]
    [InlineData("2024-05-31T16")]
    [InlineData("2024-05-31 16:25:46")]
    [InlineData("2024-05-31t16:25:46z")]
    [InlineData("20240531T162546Z")]
    [InlineData("2024-05-31T16:25:46z")]
    [InlineData("2024-05-31T16:25:46.Z")]
    [InlineData("2024-05-31T16:25:46 Z")]
    [InlineData(" 2024-05-31T16:25:46Z")]
    [InlineData("2024-05-31T16:25:46Z ")]
    [InlineData("2024-05-31T16:25:46ZZ")]
    [InlineData("2024-05-31T16:25:4Z")]
    [InlineData("2024-05-31T16:25:")]
    [InlineData("2024-05-31T16-25-46Z")]
    [InlineData("2024-05-31T24:00:00Z")]
    [InlineData("2024-05-31T23:60:00Z")]
    [InlineData("2024-05-31T23:59:60Z")]
    [InlineData("2024-05-31T16:25:46+24:00")]
    [InlineData("2024-05-31T16:25:46+02:60")]
    [InlineData("2024-05-31T16:25:46+2:00")]
    [InlineData("2024-05-31T16:25:46+02-00")]
    [InlineData("2024-05-31T16:25:46*02:00")]
    [InlineData("2023-02-29T00:00:00Z")]
    [InlineData("2024-13-01T00:00:00Z")]
    [InlineData("0000-01-01T00:00:00Z")]
    [InlineData("0001-01-01T00:00:00+00:01")]
    [InlineData("9999-12-31T23:59:59-00:01")]
    [InlineData("-024-05-31T16:25:46Z")]
    [InlineData("2024-05-31T16:25:46+")]
    [InlineData("2024-05-31T1é:25:46Z")]
    public void Anything_else_is_empty(string text) => Assert.Equal("", WriteAddedAt(text));

    [Fact]
    public void The_extraction_time_has_its_own_form()
    {
        Assert.True(UtcTime.TryParse("2024-05-31T16:25:46.7+02:00"u8, out var time));
        Assert.Equal("2024-05-31T14:25:46Z", Encoding.UTF8.GetString(UtcTime.ToExtractedAt(time)));
    }

    private static string WriteAddedAt(string text)
    {
        Span<byte> written = stackalloc byte[UtcTime.AddedAtLength];
        return Encoding.UTF8.GetString(written[..UtcTime.WriteAddedAt(Encoding.UTF8.GetBytes(text), written)]);
    }
}
