using System.Runtime.CompilerServices;
using Microsoft.Extensions.Options;
using SpotifyEtl.Lake;
using SpotifyEtl.Runs;
using SpotifyEtl.Transform;

namespace SpotifyEtl.Local.Runs;

/// <summary>Finds out what a reprocessing would change, by transforming the files into a lake that keeps nothing.</summary>
internal sealed class ReprocessPreview(ILake lake, IOptions<QualityOptions> quality)
{
    /// <summary>
    /// Looks at the files of the range, in order of name, and says of each which objects would be added, changed and removed. Nothing is
    /// written.
    /// </summary>
    public async IAsyncEnumerable<FilePreview> ReadAsync(ReprocessRange range, [EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        await foreach (var found in lake.ListAsync(LakeKeys.Processed, cancellationToken: cancellationToken))
        {
            var file = RawFileName.OfKey(found.Key);
            if (found.Fault is null && found.Key == file.ProcessedKey && file.Name.Length > 0 && range.Contains(file))
            {
                yield return await ReadAsync(file, cancellationToken);
            }
        }
    }

    private async Task<FilePreview> ReadAsync(RawFileName file, CancellationToken cancellationToken)
    {
        PreviewLake preview = new(lake);
        var outcome = await new RawFileTransformer(preview, quality).TransformAsync(file.ProcessedKey, cancellationToken);
        List<ObjectChange> changes = [.. preview.Changes];
        if (outcome is Defective)
        {
            changes.Add(new ObjectChange(file.ProcessedKey, ChangeKind.Removed));
            changes.Add(new ObjectChange(file.RejectedKey, ChangeKind.Added));
            changes.Add(new ObjectChange(LakeKeys.ErrorFor(file), ChangeKind.Added));
        }

        return new FilePreview(file.Name, changes);
    }
}

/// <summary>What a reprocessing of one raw file would change.</summary>
internal sealed record FilePreview(string RawFile, IReadOnlyList<ObjectChange> Changes);

/// <summary>What would become of an object of the lake.</summary>
internal sealed record ObjectChange(string Key, ChangeKind Kind);

/// <summary>The ways in which an object may change.</summary>
internal enum ChangeKind
{
    Added,
    Changed,
    Removed,
}
