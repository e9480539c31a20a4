using System.Globalization;
using System.Text;
using SpotifyEtl.Transform.Documents;
using SpotifyEtl.Transform.Items;

namespace SpotifyEtl.Transform.Playlists;

/// <summary>A playlist as a raw file has it: what is said of it, and which of its rows are there.</summary>
internal sealed class PlaylistSnapshot(DocumentHead head, byte[] rawFile)
{
    private readonly PageCoverage _coverage = new();
    private DateTime? _newest;

    /// <summary>What the first document of the playlist says.</summary>
    public DocumentHead Head => head;

    /// <summary>What the playlist says of itself.</summary>
    public PlaylistFields About => head.Playlist;

    /// <summary>The name of the file that it is in.</summary>
    public ReadOnlySpan<byte> RawFile => rawFile;

    /// <summary>How many rows there are, rejected ones included.</summary>
    public long Items { get; private set; }

    /// <summary>The place in the playlist of the row that was taken last, from 1.</summary>
    public long Position { get; private set; }

    /// <summary>How many rows the playlist has, as it says; null: it does not.</summary>
    public long? Total { get; private set; }

    public ReadOnlySpan<byte> TotalText => Total is { } total ? Encoding.UTF8.GetBytes(total.ToString(CultureInfo.InvariantCulture)) : [];

    /// <summary>Whether no page tells of rows that are not there.</summary>
    public bool IsComplete => _coverage.IsComplete(Total);

    /// <summary>What is there, such as <c>rows 1-100 of 351</c>.</summary>
    public string Extent => $"{_coverage}{(Total is { } total ? $" of {total.ToString(CultureInfo.InvariantCulture)}" : " and tells of more")}";

    /// <summary>When it was taken, as far as is known: when it was extracted, else the newest of the rows' times.</summary>
    public byte[] TakenAt => head.ExtractedAt.Length > 0 ? head.ExtractedAt : _newest is { } newest ? UtcTime.ToExtractedAt(newest) : [];

    /// <summary>Where that time is from: <c>extracted_at</c>, <c>added_at</c>, or nowhere.</summary>
    public ReadOnlySpan<byte> TakenFrom => head.ExtractedAt.Length > 0 ? "extracted_at"u8 : _newest is not null ? "added_at"u8 : [];

    /// <summary>Whether a document has further rows of the same playlist: it names no other snapshot or time.</summary>
    public bool Continues(DocumentHead page) => Agrees(page.SnapshotId, head.SnapshotId) && Agrees(page.ExtractedAt, head.ExtractedAt);

    /// <summary>Begins the rows of a document.</summary>
    public void BeginPage(DocumentHead page)
    {
        Position = page.Offset ?? _coverage.End;
        Total = page.Total > Total ? page.Total : Total ?? page.Total;
        _coverage.Begin(Position, page.HasNext);
    }

    /// <summary>Takes the next row.</summary>
    public void Take(RawRow row)
    {
        Items++;
        Position++;
        _coverage.Extend();
        if (head.ExtractedAt.Length == 0 && UtcTime.TryParse(row.Bytes(row.AddedAt), out var added) && !(added <= _newest))
        {
            _newest = added;
        }
    }

    private static bool Agrees(byte[] said, byte[] known) => said.Length == 0 || said.AsSpan().SequenceEqual(known);
}
