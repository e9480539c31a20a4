using System.Runtime.CompilerServices;
using EmbeddedHost;
using EmbeddedHost.Hosting;
using Microsoft.DurableTask.Client;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Options;
using SpotifyEtl.Instances;

namespace SpotifyEtl.Local.Doctor;

/// <summary>Looks whether a run could begin with the state folder: that it can be written, is whole, and nobody holds it.</summary>
internal sealed class StateFolderCheck(IHost host, DurableTaskClient client, IOptions<EmbeddedHostOptions> options) : IDoctorCheck
{
    private const string Name = "state folder";
    private const string Fix = "Give this user write access to that folder, or name another one with --state.";

    public string Group => "state";

    public async IAsyncEnumerable<Finding> RunAsync([EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var path = options.Value.StateFolder;
        yield return Directory.Exists(path) ? await TakeAsync(path, cancellationToken)
            : FolderProbe.Refusal(path) is { } refusal ? Finding.Failed(Name, $"{path} cannot be made: {refusal}", Fix)
            : Finding.Ok(Name, $"{path} is not there yet: the first run makes it.");
        yield return FolderProbe.Disk(path);
    }

    private async Task<Finding> TakeAsync(string path, CancellationToken cancellationToken)
    {
        try
        {
            await host.StartAsync(cancellationToken);
            var interrupted = await RunInstances.ListLiveAsync(client).FirstOrDefaultAsync(cancellationToken);
            await host.StopAsync(cancellationToken);
            return interrupted is null
                ? Finding.Ok(Name, $"{path} is whole and free.")
                : Finding.Warning(
                    Name,
                    $"{path} is whole and free. Run {interrupted.InstanceId} was interrupted.",
                    $"'run' or 'serve' goes on with it; 'spotify-etl runs cancel {interrupted.InstanceId}' ends it.");
        }
        catch (StateFolderHeldException held) when (held.Holder is { Address: not null } server)
        {
            return Finding.Ok(Name, $"{path} is held by a server: {server}.");
        }
        catch (StateFolderHeldException held)
        {
            return Finding.Warning(Name, held.Message, "Wait until the run there has ended.");
        }
        catch (HostConfigurationException exception)
        {
            return Finding.Failed(SettingsCheck.Name, exception.Message);
        }
        catch (Exception exception) when (Examination.IsExplained(exception))
        {
            return Finding.Failed(Name, exception.Message);
        }
    }
}
