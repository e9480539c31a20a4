using System.Diagnostics;
using SpotifyEtl.Activities;
using SpotifyEtl.Lake;
using SpotifyEtl.Lake.Records;
using SpotifyEtl.Local.Lake;
using SpotifyEtl.Local.Runs;
using SpotifyEtl.Local.Terminal;
using SpotifyEtl.Runs;

namespace Benchmarks.Soak.Fuzz;

/// <summary>
/// A lake in a folder, files of any name in its folders and in one that is loaded: what is listed for a run can be kept under its name and meets nobody,
/// nothing is lost, and what is listed again is the same.
/// </summary>
internal sealed class NameCheck(string folder)
{
    private readonly FolderLake _lake = new(Path.Combine(folder, "lake"));

    /// <exception cref="FuzzException">A file was lost, or listed under a name that cannot be.</exception>
    public async Task RunAsync(ulong seed)
    {
        NameMaker maker = new(seed);
        var inbox = Path.Combine(folder, "inbox");
        try
        {
            List<string> held =
            [
                .. maker.Fill(_lake.PathOf("raw_data/processed"), strange: false),
                .. maker.Fill(_lake.PathOf("raw_data/rejected"), strange: false),
                .. maker.Fill(_lake.PathOf("raw_data/to_process"), strange: true),
                .. maker.Fill(Path.Combine(_lake.PathOf("raw_data/to_process"), "sub"), strange: false),
            ];
            await ListAsync("one", held);
            await LoadAsync(inbox, [.. maker.Fill(inbox, strange: true), .. maker.Fill(Path.Combine(inbox, "sub"), strange: false)], held);
        }
        catch (Exception exception) when (exception is not FuzzException)
        {
            throw new FuzzException($"it threw {exception}", exception);
        }

        // .NET cannot remove names that are not UTF-8.
        using var removed = Process.Start("rm", ["-rf", _lake.Root, inbox]);
        await removed.WaitForExitAsync();
    }

    private async Task LoadAsync(string inbox, List<string> brought, List<string> held)
    {
        Shell shell = new()
        {
            Out = TextWriter.Null,
            Error = TextWriter.Null,
            OpenOut = () => Stream.Null,
            Folder = folder,
            Environment = new Dictionary<string, string>(StringComparer.Ordinal),
        };
        RawFiles files;
        try
        {
            files = RawFiles.Find(shell, _lake, [inbox], recursive: true);
        }
        catch (UsageException refused)
        {
            Require(refused.Message.Length > 0, "a folder was refused without a word");
            return;
        }

        await files.StageAsync(_lake, CancellationToken.None);
        await ListAsync("two", held);
        var kept = (await ContentsAsync(_lake.Root)).Intersect(brought, StringComparer.Ordinal).Count();
        Require(kept == brought.Distinct(StringComparer.Ordinal).Count() || files.PassedOver is not null, $"of {brought.Count} files {kept} came in");
    }

    private async Task ListAsync(string runId, List<string> held)
    {
        var first = await PageAsync(runId);
        var lost = held.Except(await ContentsAsync(_lake.Root), StringComparer.Ordinal).ToList();
        Require(lost.Count == 0, $"lost: {string.Join(", ", lost)}");
        Require(first.Names.All(name => _lake.FaultOfName(name) is null), "a name was listed that the lake cannot keep");
        Require(first.Names.DistinctBy(name => new RawFileName(name).Stem, StringComparer.Ordinal).Count() == first.Names.Count, "two have the same tables");
        foreach (var name in first.Names)
        {
            var file = new RawFileName(name);
            var processed = file.NamesOfStem.Select(other => other.ProcessedKey).Where(key => File.Exists(_lake.PathOf(key))).ToList();
            Require(processed.Count == 0 || processed.Exists(key => SameBytes(key, file.ToProcessKey)), $"{name} would replace the tables of another");
        }

        var again = await PageAsync(runId + " again");
        Require(again is { Renamed: null, Rejected: null } && again.Names.SequenceEqual(first.Names), "what is listed again is not the same");
    }

    private bool SameBytes(string key, string other) => File.ReadAllBytes(_lake.PathOf(key)).AsSpan().SequenceEqual(File.ReadAllBytes(_lake.PathOf(other)));

    private Task<RawFilePage> PageAsync(string runId) =>
        new ListRawFiles(_lake, new RawFileRenaming(_lake), new RejectedFiles(_lake, new RunRecords(new LakeRecords(_lake)), TimeProvider.System))
            .RunAsync(new ListRawFilesRequest(null) { RunId = runId }, CancellationToken.None);

    // As bytes, whatever the names are, which .NET could not open when they are not UTF-8.
    private static async Task<HashSet<string>> ContentsAsync(string root)
    {
        ProcessStartInfo cat = new("find", [root, "-type", "f", "-exec", "cat", "{}", "+"]) { UseShellExecute = false, RedirectStandardOutput = true };
        using var read = Process.Start(cat)!;
        var text = await read.StandardOutput.ReadToEndAsync();
        await read.WaitForExitAsync();
        return [.. text.Split('\n')];
    }

    private static void Require(bool holds, string otherwise)
    {
        if (!holds)
        {
            throw new FuzzException(otherwise);
        }
    }
}
