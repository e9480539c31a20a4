using System.Text;
using Microsoft.Extensions.DependencyInjection;
using SpotifyEtl.Errors;
using SpotifyEtl.Lake;
using SpotifyEtl.Local.Lake;

namespace SpotifyEtl.Local.Doctor;

/// <summary>Writes an object into the lake, reads it back and deletes it. A folder that is not there yet is not made.</summary>
internal static class LakeCheck
{
    private const string Name = "lake";

    public static async IAsyncEnumerable<Finding> RunAsync(
        IServiceProvider services, [System.Runtime.CompilerServices.EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var lake = services.GetRequiredService<ILake>();
        if (services.GetService<FolderLake>() is not { } folder)
        {
            yield return await ProbeAsync(lake, cancellationToken);
            yield break;
        }

        yield return Directory.Exists(folder.Root) ? await ProbeAsync(lake, cancellationToken)
            : FolderProbe.Refusal(folder.Root) is { } refusal ? Finding.Failed(Name, $"{lake.Location} cannot be made: {refusal}", "Give this user write access to that folder, or name another lake: Lake__Uri or --lake.")
            : Finding.Ok(Name, $"{lake.Location} is not there yet: the first run makes it.");
        yield return FolderProbe.Disk(folder.Root);
    }

    private static async Task<Finding> ProbeAsync(ILake lake, CancellationToken cancellationToken)
    {
        var key = $"run_data/doctor-{Guid.NewGuid():N}.txt";
        var written = Encoding.UTF8.GetBytes("written by spotify-etl doctor\n");
        try
        {
            await using (var writer = await lake.CreateAsync(key, cancellationToken))
            {
                await writer.Stream.WriteAsync(written, cancellationToken);
                await writer.CommitAsync(cancellationToken);
            }

            using MemoryStream read = new();
            try
            {
                await using var stream = await lake.OpenReadAsync(key, cancellationToken);
                await stream.CopyToAsync(read, cancellationToken);
            }
            finally
            {
                await lake.DeleteAsync(key, CancellationToken.None);
            }

            if (!read.ToArray().AsSpan().SequenceEqual(written))
            {
                return Finding.Failed(Name, $"{lake.Location} gave other bytes of {key} than were written.", "Look at what stands between this program and the lake.");
            }

            await foreach (var _ in lake.ListAsync(LakeKeys.ToProcess, cancellationToken: cancellationToken))
            {
                break;
            }

            return Finding.Ok(Name, $"{lake.Location} can be written, read, listed and deleted from.");
        }
        catch (EtlException exception)
        {
            return lake is FolderLake ? Finding.Failed(Name, exception.Message) : Finding.Failed(Name, exception);
        }
    }
}
