using System.Text.Json;
using SpotifyEtl.Local.Terminal;
using SpotifyEtl.Payloads;

namespace SpotifyEtl.Local.Runs;

/// <summary>What <c>reprocess --dry-run</c> says: a line an object, or one JSON object.</summary>
internal static class PreviewOutput
{
    public static async Task WriteAsync(IAsyncEnumerable<FilePreview> files, TextWriter output, bool json)
    {
        var count = 0;
        List<ObjectChange> changes = [];
        await foreach (var file in files)
        {
            count++;
            changes.AddRange(file.Changes);
            if (!json)
            {
                foreach (var change in file.Changes)
                {
                    output.WriteLine(TerminalText.Clean($"{change.Kind.ToString().ToLowerInvariant(),-8} {change.Key}"));
                }
            }
        }

        var kinds = changes.ToLookup(change => change.Kind, change => change.Key);
        var (added, changed, removed) = (kinds[ChangeKind.Added], kinds[ChangeKind.Changed], kinds[ChangeKind.Removed]);
        output.WriteLine(json
            ? JsonSerializer.Serialize(new PreviewJson(count, added, changed, removed), PayloadJson.Options)
            : $"{count} files read: {added.Count()} objects would be added, {changed.Count()} changed, {removed.Count()} removed. Nothing was written.");
    }

    private sealed record PreviewJson(int Files, IEnumerable<string> Added, IEnumerable<string> Changed, IEnumerable<string> Removed);
}
