using System.Text.RegularExpressions;
using Microsoft.Extensions.Configuration;

namespace EmbeddedHost.Hosting;

/// <summary>Reads the host's options from the settings, and names a value that is none by its setting.</summary>
internal static partial class SettingBinding
{
    /// <exception cref="HostConfigurationException">A value is not allowed.</exception>
    public static void Bind(EmbeddedHostOptions options, IConfiguration configuration)
    {
        try
        {
            configuration.GetSection(EmbeddedHostOptions.SectionName).Bind(options);
        }
        catch (InvalidOperationException exception)
        {
            throw new HostConfigurationException(Fault(exception.Message, configuration), exception);
        }
    }

    // The binder tells the key and the type of .NET.
    private static string Fault(string message, IConfiguration configuration) => Place().Match(message) is { Success: true } place
        ? $"{place.Groups["key"].Value.Replace(ConfigurationPath.KeyDelimiter, "__", StringComparison.Ordinal)} is "
            + $"'{configuration[place.Groups["key"].Value]}'; it must be {Allowed(place.Groups["type"].Value)}."
        : $"A setting of {EmbeddedHostOptions.SectionName}__ cannot be read.";

    private static string Allowed(string type) => type switch
    {
        _ when type.Contains(nameof(Int32), StringComparison.Ordinal) || type.Contains(nameof(Int64), StringComparison.Ordinal) => "a whole number",
        _ when type.Contains(nameof(TimeSpan), StringComparison.Ordinal) => "a time such as 00:01:00",
        _ when type.Contains(nameof(Boolean), StringComparison.Ordinal) => "true or false",
        _ => "an address such as https://etl.example.com",
    };

    [GeneratedRegex(
        @"at '(?<key>[^']+)' to type '(?<type>[^']+)'",
        RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture,
        matchTimeoutMilliseconds: 1000)]
    private static partial Regex Place();
}
