using System.Runtime.CompilerServices;
using SpotifyEtl.Errors;
using SpotifyEtl.Local.Lake;

namespace SpotifyEtl.Local.Doctor;

/// <summary>Looks whether the lake's folder can be used, and at the room on its disk. One that is not there yet is not made.</summary>
internal sealed class FolderLakeCheck(FolderLake lake) : IDoctorCheck
{
    private const string Fix = "Give this user write access to that folder, or name another lake: Lake__Uri or --lake.";

    public string Group => "lake";

    public async IAsyncEnumerable<Finding> RunAsync([EnumeratorCancellation] CancellationToken cancellationToken)
    {
        yield return Directory.Exists(lake.Root) ? await LookAsync(cancellationToken)
            : FolderProbe.Refusal(lake.Root) is { } refusal ? Finding.Failed(LakeProbe.Name, $"{lake.Location} cannot be made: {refusal}", Fix)
            : Finding.Ok(LakeProbe.Name, $"{lake.Location} is not there yet: the first run makes it.");
        yield return FolderProbe.Disk(lake.Root);
    }

    private async Task<Finding> LookAsync(CancellationToken cancellationToken)
    {
        try
        {
            return await LakeProbe.LookAsync(lake, cancellationToken);
        }
        catch (EtlException exception)
        {
            return Finding.Failed(LakeProbe.Name, exception.Message);
        }
    }
}
