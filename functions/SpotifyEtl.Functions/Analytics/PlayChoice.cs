using System.Collections;

namespace SpotifyEtl.Analytics;

/// <summary>
/// Which of the rows of a month's plays stand in the typed table, where a play is one row however often it was loaded: of the same play, the row that tells
/// the most, and of those the first.
/// </summary>
internal sealed class PlayChoice
{
    private readonly List<PlayKeys> _plays = [];
    private readonly HashSet<ulong> _secondAndId = [];
    private readonly HashSet<ulong> _secondAndNames = [];
    private readonly HashSet<ulong> _minuteAndNames = [];

    /// <summary>How many rows there are.</summary>
    public int Count => _plays.Count;

    /// <summary>Adds the next row.</summary>
    public void Add(PlayKeys play) => _plays.Add(play);

    /// <summary>Which of the rows stand, in the order in which they were added.</summary>
    public BitArray Choose()
    {
        BitArray chosen = new(_plays.Count);
        foreach (var level in Enum.GetValues<PlayLevel>())
        {
            ChooseOf(level, chosen);
        }

        return chosen;
    }

    private void ChooseOf(PlayLevel level, BitArray chosen)
    {
        HashSet<ulong> own = [];
        List<int> added = [];
        for (var play = 0; play < _plays.Count; play++)
        {
            if (_plays[play].Level == level && !IsToldByMore(_plays[play]) && own.Add(_plays[play].Own))
            {
                added.Add(play);
            }
        }

        // Afterwards, as rows of one level are told apart by their own keys only.
        foreach (var play in added)
        {
            chosen[play] = true;
            _secondAndId.Add(_plays[play].SecondAndId);
            _secondAndNames.Add(_plays[play].SecondAndNames);
            _minuteAndNames.Add(_plays[play].MinuteAndNames);
        }
    }

    private bool IsToldByMore(PlayKeys keys) => keys.Level switch
    {
        PlayLevel.SecondAndId => false,
        PlayLevel.Second => _secondAndId.Contains(keys.SecondAndId),
        PlayLevel.SecondAndNames => _secondAndNames.Contains(keys.SecondAndNames),
        _ => _minuteAndNames.Contains(keys.MinuteAndNames),
    };
}
