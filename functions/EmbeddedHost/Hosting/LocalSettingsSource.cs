using Microsoft.Extensions.Configuration;

namespace EmbeddedHost.Hosting;

/// <summary>
/// The Values of a local.settings.json as app settings, <c>__</c> nesting, as Azure Functions Core Tools give them to an app on a
/// developer's machine. A file that is not there is no settings.
/// </summary>
internal sealed class LocalSettingsSource(string path) : IConfigurationSource
{
    public IConfigurationProvider Build(IConfigurationBuilder builder) => new LocalSettingsProvider(path);
}
