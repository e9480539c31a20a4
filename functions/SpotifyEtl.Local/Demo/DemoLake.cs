using SpotifyEtl.Lake;
using SpotifyEtl.Lake.Records;
using SpotifyEtl.Local.Terminal;

namespace SpotifyEtl.Local.Demo;

/// <summary>Keeps the demo and other data apart: a lake is the demo's by a record that the first run of the demo leaves in it.</summary>
internal sealed class DemoLake(ILake lake, DemoMode demo)
{
    /// <summary>The key of that record.</summary>
    public const string Key = "run_data/demo.json";

    private static readonly string[] s_data = [LakeKeys.ToProcess, LakeKeys.Processed, LakeKeys.Rejected, LakeKeys.Transformed, "analytics_data/", "run_data/"];

    /// <summary>Whether a lake is the demo's.</summary>
    public static async Task<bool> IsDemosAsync(ILake lake, CancellationToken cancellationToken) =>
        await lake.FindAsync(Key, cancellationToken) is not null;

    /// <summary>Whether a lake holds nothing yet.</summary>
    public static async Task<bool> IsEmptyAsync(ILake lake, CancellationToken cancellationToken)
    {
        foreach (var folder in s_data)
        {
            if (await lake.ListAsync(folder, cancellationToken: cancellationToken).AnyAsync(cancellationToken))
            {
                return false;
            }
        }

        return true;
    }

    /// <summary>Takes the lake for the demo, or for what is none.</summary>
    /// <exception cref="UsageException">It holds, or would be given, rows of both.</exception>
    public async Task TakeAsync(CancellationToken cancellationToken)
    {
        var isDemos = await IsDemosAsync(lake, cancellationToken);
        if (!demo.IsOn)
        {
            if (isDemos)
            {
                throw new UsageException(
                    $"The lake {lake.Location} is the demo's, and takes nothing else. Name another one with --lake (or Lake__Uri), or delete this one first.");
            }

            return;
        }

        if (!isDemos)
        {
            if (!await IsEmptyAsync(lake, cancellationToken))
            {
                throw new UsageException(
                    $"The lake {lake.Location} holds other data, which the demo is kept apart from. Without --lake the demo has a lake of its own. "
                    + "To load your own playlists, set Spotify__ClientId and Spotify__ClientSecret; to load files, give --raw.");
            }

            await new LakeRecords(lake).WriteAsync(Key, new DemoRecord(DemoPlaylist.Id), cancellationToken);
        }

        await RefuseOtherFilesAsync(cancellationToken);
    }

    private async Task RefuseOtherFilesAsync(CancellationToken cancellationToken)
    {
        await foreach (var found in lake.ListAsync(LakeKeys.ToProcess, cancellationToken: cancellationToken))
        {
            if (LakeKeys.RawNameIn(found.Key) is { } name && name[0] != '.' && !IsDemos(new RawFileName(name)))
            {
                throw new UsageException(
                    $"{found.Key} in the lake {lake.Location} is none of the demo's files, and its lake takes nothing else. "
                    + "Load it into another lake ('run --raw FILE'), and take it away here.");
            }
        }
    }

    private static bool IsDemos(RawFileName file) => file.PlaylistId == DemoPlaylist.Id || file.PlaylistId == DemoPlays.RawName;

    private sealed record DemoRecord(string PlaylistId);
}
