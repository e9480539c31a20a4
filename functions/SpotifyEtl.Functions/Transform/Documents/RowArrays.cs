namespace SpotifyEtl.Transform.Documents;

/// <summary>The arrays of rows that a document has under one key: usable when there is exactly one.</summary>
internal sealed class RowArrays
{
    public int Count { get; private set; }

    public RowsStart First { get; private set; }

    /// <summary>What members the first row has.</summary>
    public ObjectOutline FirstRow { get; } = new();

    /// <summary>Whether the array is the key's own value, not inside an object.</summary>
    public bool IsOwnValue { get; private set; }

    public void Add(RowsStart start, bool isOwnValue)
    {
        Count++;
        if (Count == 1)
        {
            First = start;
            IsOwnValue = isOwnValue;
        }
    }
}
