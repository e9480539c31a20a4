using System.Runtime.CompilerServices;
using EmbeddedHost;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using SpotifyEtl.Errors;
using SpotifyEtl.Local.Terminal;

namespace SpotifyEtl.Local.Doctor;

/// <summary>Looks at everything that runs need, in the order in which they need it. Settings that are not allowed end it: the rest goes by them.</summary>
internal static class Examination
{
    /// <param name="atRest">Makes a host whose runs rest.</param>
    /// <param name="cancellationToken">Stops looking.</param>
    public static async IAsyncEnumerable<Finding> RunAsync(Func<IHost> atRest, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var (host, checks, refusals) = Prepare(atRest);
        using (host)
        {
            foreach (var refusal in refusals)
            {
                yield return refusal;
            }

            foreach (var check in checks)
            {
                await foreach (var finding in check.RunAsync(cancellationToken))
                {
                    yield return finding with { Group = check.Group };
                }
            }
        }
    }

    /// <summary>Whether an exception is one that says by itself what is wrong and what to do.</summary>
    public static bool IsExplained(Exception exception) => exception is EtlException or EmbeddedHostException;

    private static (IHost? Host, IEnumerable<IDoctorCheck> Checks, IEnumerable<Finding> Refusals) Prepare(Func<IHost> atRest)
    {
        IHost? host = null;
        try
        {
            host = atRest();
            return (host, host.Services.GetServices<IDoctorCheck>(), []);
        }
        catch (EtlConfigurationException settings)
        {
            return (host, [], settings.Faults.Select(SettingsCheck.Refused));
        }
        catch (Exception exception) when (exception is UsageException or HostConfigurationException or EtlException)
        {
            return (host, [], [SettingsCheck.Refused(exception.Message)]);
        }
    }
}
