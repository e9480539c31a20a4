using Microsoft.Extensions.Configuration;
using SpotifyEtl.Errors;

namespace SpotifyEtl.Settings;

/// <summary>Azure puts a secret in the place of a reference to a key vault; where it could not, the app would sign in with the reference.</summary>
internal static class KeyVaultReferences
{
    private const string Start = "@Microsoft.KeyVault(";

    /// <exception cref="EtlConfigurationException">A setting is a reference still.</exception>
    public static void Check(IConfiguration configuration)
    {
        var settings = configuration.AsEnumerable();
        if (settings.FirstOrDefault(setting => setting.Value?.StartsWith(Start, StringComparison.OrdinalIgnoreCase) is true) is { Key: { } unresolved })
        {
            throw new EtlConfigurationException(
                $"{unresolved.Replace(":", "__", StringComparison.Ordinal)} refers to a key vault and Azure has not resolved it. See that the secret is there, "
                + "that the app's identity has the role Key Vault Secrets User, and restart the app.");
        }
    }
}
