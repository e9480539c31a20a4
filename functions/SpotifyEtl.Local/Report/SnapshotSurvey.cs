namespace SpotifyEtl.Local.Report;

/// <summary>What the query snapshots tells of all snapshots together: the playlists' names, and which snapshots are not what they should be.</summary>
public sealed class SnapshotSurvey
{
    private const string Incomplete = "incomplete";

    private readonly Dictionary<string, string> _names = new(StringComparer.Ordinal);
    private readonly SortedDictionary<string, int> _withoutPlace = new(StringComparer.Ordinal);
    private readonly SortedSet<string> _incompletePlaylists = new(StringComparer.Ordinal);
    private readonly Lazy<HashSet<string>> _repeatedNames;
    private string _newestExtraction = "";

    private SnapshotSurvey() => _repeatedNames = new Lazy<HashSet<string>>(
        () => [.. _names.Values.GroupBy(name => name, StringComparer.Ordinal).Where(name => name.Skip(1).Any()).Select(name => name.Key)]);

    /// <summary>The query, and why it was refused if it was; without rows.</summary>
    public QueryAnswer Answer { get; private set; } = null!;

    /// <summary>How many snapshots lack rows.</summary>
    public int IncompleteCount { get; private set; }

    /// <summary>The playlists that have one that lacks rows, by their ids.</summary>
    public IReadOnlyCollection<string> IncompletePlaylists => _incompletePlaylists;

    /// <summary>How many complete snapshots have no place in the order, by what stands in the way.</summary>
    public IReadOnlyDictionary<string, int> WithoutPlace => _withoutPlace;

    /// <summary>When a snapshot was extracted last; null: nothing tells.</summary>
    public DateTimeOffset? NewestExtraction => ReportText.ParseTime(_newestExtraction);

    internal static async Task<SnapshotSurvey> AskAsync(NamedAnswers named, CancellationToken cancellationToken)
    {
        SnapshotSurvey survey = new();
        survey.Answer = await named.EachAsync("snapshots", survey.Add, cancellationToken);
        return survey;
    }

    /// <summary>The playlist's name as it was told last, with its id where another has the same name; null: nothing tells it.</summary>
    public string? NameOf(string playlistId) => _names.GetValueOrDefault(playlistId) switch
    {
        { } name when _repeatedNames.Value.Contains(name) => $"{name} ({playlistId})",
        var name => name,
    };

    private void Add(QueryRow row)
    {
        var playlistId = row.Text("playlist_id");
        if (row.Text("playlist_name") is { Length: > 0 } name)
        {
            _names[playlistId] = name;
        }

        if (row.Text("taken_from") == "extracted_at" && row.Text("taken_at") is var taken && string.CompareOrdinal(taken, _newestExtraction) > 0)
        {
            _newestExtraction = taken;
        }

        switch (row.Text("takes_part"))
        {
            case "yes":
                break;
            case Incomplete:
                IncompleteCount++;
                _incompletePlaylists.Add(playlistId);
                break;
            case var reason:
                _withoutPlace[reason] = _withoutPlace.GetValueOrDefault(reason) + 1;
                break;
        }
    }
}
