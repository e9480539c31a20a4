using System.Text.Json;

namespace EmbeddedHost.Timers;

/// <summary>
/// The schedules' records, one file a function in the folder <c>timers</c> of the state folder: written beside, synced, then renamed, so that
/// a kill leaves the one before or the one after.
/// </summary>
internal sealed class TimerRecords(string stateFolder)
{
    private readonly string _folder = Path.Combine(stateFolder, "timers");

    /// <summary>The record of a function, or null when it has none, or none that can be read.</summary>
    public TimerRecord? Find(string function)
    {
        try
        {
            return JsonSerializer.Deserialize<TimerRecord>(File.ReadAllBytes(PathOf(function)), JsonSerializerOptions.Web);
        }
        catch (Exception exception) when (exception is IOException or JsonException)
        {
            return null;
        }
    }

    public async Task WriteAsync(TimerRecord record)
    {
        Directory.CreateDirectory(_folder);
        var path = PathOf(record.Function);
        var beside = path + ".new";
        await using (FileStream file = new(beside, FileMode.Create, FileAccess.Write, FileShare.None))
        {
            await JsonSerializer.SerializeAsync(file, record, JsonSerializerOptions.Web);
            file.Flush(flushToDisk: true);
        }

        File.Move(beside, path, overwrite: true);
    }

    private string PathOf(string function) => Path.Combine(_folder, function.ToLowerInvariant() + ".json");
}
