using System.Globalization;
using Microsoft.Extensions.Configuration;
using SpotifyEtl.Errors;

namespace SpotifyEtl;

/// <summary>Looks that the settings that are no text can be read at all, so that one that cannot is told by its name and what is allowed.</summary>
internal static class SettingFormats
{
    /// <exception cref="EtlConfigurationException">A setting cannot be read.</exception>
    public static void Check(IConfiguration configuration)
    {
        Require(configuration, "Catalog:Timeout", "a time such as 00:30:00", value => TimeSpan.TryParse(value, CultureInfo.InvariantCulture, out _));
        Require(configuration, "Runs:KeepDays", "a number of days from 1 to 3650", value => int.TryParse(value, NumberStyles.Integer, CultureInfo.InvariantCulture, out _));
        Require(configuration, "Catalog:VerifyTables", "true or false", value => bool.TryParse(value, out _));
        Require(
            configuration,
            "Quality:MaxRejectedShare",
            "a number from 0 to 1",
            value => double.TryParse(value, NumberStyles.Float, CultureInfo.InvariantCulture, out _));
    }

    private static void Require(IConfiguration configuration, string key, string allowed, Func<string, bool> isReadable)
    {
        if (configuration[key] is { } value && !isReadable(value))
        {
            throw new EtlConfigurationException($"{key.Replace(":", "__", StringComparison.Ordinal)} is '{value}'; it must be {allowed}.");
        }
    }
}
