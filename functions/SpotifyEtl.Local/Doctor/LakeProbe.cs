using System.Text;
using SpotifyEtl.Lake;

namespace SpotifyEtl.Local.Doctor;

/// <summary>Writes an object into a lake, reads it back, deletes it, and lists.</summary>
internal static class LakeProbe
{
    /// <summary>What the checks of lakes look at.</summary>
    public const string Name = "lake";

    /// <exception cref="Errors.EtlException">The lake does not allow it: the message says why.</exception>
    public static async Task<Finding> LookAsync(ILake lake, CancellationToken cancellationToken)
    {
        var key = $"run_data/doctor-{Guid.NewGuid():N}.txt";
        var written = Encoding.UTF8.GetBytes("written by spotify-etl doctor\n");
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
            return Finding.Failed(
                Name, $"{lake.Location} gave other bytes of {key} than were written.", "Look at what stands between this program and the lake.");
        }

        await foreach (var _ in lake.ListAsync(LakeKeys.ToProcess, cancellationToken: cancellationToken))
        {
            break;
        }

        return Finding.Ok(Name, $"{lake.Location} can be written, read, listed and deleted from.");
    }
}
