using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;
using SpotifyEtl.Transform;

namespace SpotifyEtl.Functions.Tests.Transform;

public sealed class QualityOptionsTests
{
    [Fact]
    public void Half_of_the_rows_may_be_rejected_by_default() => Assert.Equal(0.5, Bind(null).MaxRejectedShare);

    [Theory]
    [InlineData("0", 0)]
    [InlineData("0.25", 0.25)]
    [InlineData("1", 1)]
    public void The_share_is_a_number_from_0_to_1(string value, double share) => Assert.Equal(share, Bind(value).MaxRejectedShare);

    [Theory]
    [InlineData("1.01")]
    [InlineData("-0.5")]
    [InlineData("NaN")]
    public void Any_other_number_is_refused_by_name_and_value(string value)
    {
        var refused = Assert.Throws<OptionsValidationException>(() => Bind(value));

        Assert.Equal($"Quality__MaxRejectedShare is {value}: it must be a number from 0 to 1.", refused.Message);
    }

    private static QualityOptions Bind(string? value)
    {
        var name = value is null ? "Other" : $"{QualityOptions.SectionName}:{nameof(QualityOptions.MaxRejectedShare)}";
        var settings = new ConfigurationBuilder().AddInMemoryCollection([new(name, value)]).Build();
        using var services = new ServiceCollection().AddTransform(settings).BuildServiceProvider();
        return services.GetRequiredService<IOptions<QualityOptions>>().Value;
    }
}
