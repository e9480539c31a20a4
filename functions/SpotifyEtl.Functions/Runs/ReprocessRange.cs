using System.Text.Json.Serialization;
using SpotifyEtl.Lake;

namespace SpotifyEtl.Runs;

/// <summary>Which processed raw files are transformed again: those extracted on these days (UTC), both included. Null: no such limit.</summary>
public sealed record ReprocessRange(DateOnly? From = null, DateOnly? To = null)
{
    /// <summary>Whether nothing is transformed: only the typed tables of the files' months are built anew, from the CSV that is there.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)]
    public bool Months { get; init; }

    /// <exception cref="FormatException">No day is in it.</exception>
    public ReprocessRange Check() =>
        From > To ? throw new FormatException($"There is no day from {From:yyyy-MM-dd} to {To:yyyy-MM-dd}: give the earlier day as from.") : this;

    /// <summary>Whether a file belongs to it. A file whose name does not tell when it was extracted belongs to no range that has a limit.</summary>
    public bool Contains(RawFileName file)
    {
        if (From is null && To is null)
        {
            return true;
        }

        return file.ExtractedAt is { } time && DateOnly.FromDateTime(time.UtcDateTime) is var day && !(day < From) && !(day > To);
    }
}
