namespace SpotifyEtl.Local.Interactive.Editing;

/// <summary>Where Up and Down have led to in the history; beyond its newest is what was being typed.</summary>
internal sealed class HistoryPlace(StatementHistory history)
{
    private int _at = history.Statements.Count;
    private string _typed = "";

    /// <summary>The statement before; null: there is none.</summary>
    /// <param name="typed">What is being typed.</param>
    public string? Earlier(string typed)
    {
        if (_at == 0)
        {
            return null;
        }

        _typed = _at == history.Statements.Count ? typed : _typed;
        return history.Statements[--_at];
    }

    /// <summary>The statement after, or what was being typed; null: that is there already.</summary>
    public string? Later()
    {
        if (_at == history.Statements.Count)
        {
            return null;
        }

        _at++;
        return _at == history.Statements.Count ? _typed : history.Statements[_at];
    }
}
