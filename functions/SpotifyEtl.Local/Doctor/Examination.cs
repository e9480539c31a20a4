using System.Runtime.CompilerServices;
using EmbeddedHost;
using EmbeddedHost.Hosting;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using SpotifyEtl.Errors;
using SpotifyEtl.Local.Hosting;
using SpotifyEtl.Local.Terminal;

namespace SpotifyEtl.Local.Doctor;

/// <summary>Looks at everything that runs need, in the order in which they need it. Settings that are not allowed end it: the rest goes by them.</summary>
internal static class Examination
{
    public static async IAsyncEnumerable<Finding> RunAsync(GlobalArguments globals, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var (host, findings) = SettingsCheck.Build(globals);
        foreach (var finding in findings)
        {
            yield return finding;
        }

        if (host is null)
        {
            yield break;
        }

        using (host)
        {
            var services = host.Services;
            await foreach (var finding in SpotifyCheck.RunAsync(services)
                .Concat(LakeCheck.RunAsync(services, cancellationToken))
                .Concat(CrawlersCheck.RunAsync(services, cancellationToken))
                .Concat(WorkGroupCheck.RunAsync(services, cancellationToken))
                .Concat(StateFolderCheck.RunAsync(host, globals.StateFolder, cancellationToken))
                .Concat(ScheduleCheck.RunAsync(services))
                .WithCancellation(cancellationToken))
            {
                yield return finding;
            }
        }
    }

    /// <summary>The host of a run that does not run: orchestrations rest, and nobody is listened to.</summary>
    public static IHost BuildHost(GlobalArguments globals)
    {
        var builder = LocalHost.CreateBuilder(globals);
        builder.Services.Configure<EmbeddedHostOptions>(options =>
        {
            options.AtRest = true;
            options.Http = null;
        });
        builder.Services.PostConfigure<EmbeddedHostOptions>(options => options.BeforeResume = null);
        return builder.Build();
    }

    /// <summary>Whether an exception is one that says by itself what is wrong and what to do.</summary>
    public static bool IsExplained(Exception exception) => exception is EtlException or EmbeddedHostException;
}
