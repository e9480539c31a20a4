using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Options;
using SpotifyEtl.Errors;

namespace SpotifyEtl.Settings;

public static class SettingsServices
{
    /// <summary>Binds a section of the settings. One that is not allowed stops the host's start.</summary>
    public static IServiceCollection AddSettings<T>(this IServiceCollection services, IConfiguration configuration)
        where T : class, ISettings
    {
        services.AddOptions<T>().Configure(options => Bind(configuration.GetSection(T.SectionName), options));
        services.TryAddEnumerable(ServiceDescriptor.Singleton<IValidateOptions<T>, SettingsValidator<T>>());
        services.Replace(ServiceDescriptor.Singleton<IStartupValidator, StartValidation>());
        services.AddSingleton<ValidatedSection>(provider => () => _ = provider.GetRequiredService<IOptions<T>>().Value);
        return services;
    }

    private static void Bind<T>(IConfigurationSection section, T options)
        where T : class, ISettings
    {
        var faults = SettingsSection.Of<T>().Settings
            .Select(setting => section[setting.Key] is { } value ? setting.Fault(value) : null)
            .OfType<string>()
            .ToList();
        if (faults.Count > 0)
        {
            throw new EtlConfigurationException(faults);
        }

        section.Bind(options);
    }
}
