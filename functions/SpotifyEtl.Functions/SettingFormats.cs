using System.Globalization;
using Microsoft.Extensions.Configuration;
using SpotifyEtl.Errors;

namespace SpotifyEtl;

/// <summary>Looks that the settings that are no text can be read at all, so that one that cannot is told by its name and what is allowed.</summary>
internal static class SettingFormats
{
    private const string KeyVaultReference = "@Microsoft.KeyVault(";

    /// <exception cref="EtlConfigurationException">A setting cannot be read.</exception>
    public static void Check(IConfiguration configuration)
    {
        // Azure puts the secret in the reference's place; where it could not, the app would sign in with the reference.
        if (configuration.AsEnumerable().FirstOrDefault(setting => setting.Value?.StartsWith(KeyVaultReference, StringComparison.OrdinalIgnoreCase) is true) is { Key: { } unresolved })
        {
            throw new EtlConfigurationException(
                $"{NameOf(unresolved)} refers to a key vault and Azure has not resolved it. See that the secret is there, that the app's identity has the role Key Vault Secrets User, and restart the app.");
        }

        Require(configuration, "Catalog:Timeout", "a time such as 00:30:00", value => TimeSpan.TryParse(value, CultureInfo.InvariantCulture, out _));
        Require(
            configuration,
            "Health:MaxAge",
            "a time such as 1.02:00:00 (a day and two hours), or 00:00:00 for no limit",
            value => TimeSpan.TryParse(value, CultureInfo.InvariantCulture, out _));
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
            throw new EtlConfigurationException($"{NameOf(key)} is '{value}'; it must be {allowed}.");
        }
    }
    private static string NameOf(string key) => key.Replace(":", "__", StringComparison.Ordinal);
}
