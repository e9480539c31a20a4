using SpotifyEtl.Local.Monitor.RunList;
using SpotifyEtl.Runs;

namespace SpotifyEtl.Local.Monitor.RunFiles;

/// <summary>The files of a run that its page shows.</summary>
/// <param name="Query">In which order, and which page.</param>
/// <param name="Rows">Those of this page.</param>
/// <param name="Total">How many there are on all pages.</param>
/// <param name="Sum">What became of all of them.</param>
public sealed record FileList(FileListQuery Query, IReadOnlyList<FileRow> Rows, int Total, RunCounts Sum)
{
    /// <summary>Whether the run has more files than are looked at.</summary>
    public bool IsCut { get; init; }

    /// <summary>Why the records could not be read; null: they could.</summary>
    public string? Problem { get; init; }

    public int Pages => Math.Max(1, (Total + FileListQuery.PageSize - 1) / FileListQuery.PageSize);

    public int Page => Math.Min(Query.Page, Pages);

    public static FileList Of(FileListQuery query, IReadOnlyCollection<FileRow> files)
    {
        var rejected = files.Count(file => file.IsRejected);
        RunCounts sum = new(new FileCounts(files.Count - rejected, rejected, Failed: 0), files.Sum(file => file.Rows), files.Sum(file => file.Rejects));
        FileList all = new(query, [], files.Count, sum);
        return all with { Rows = [.. query.Apply(files).Skip((all.Page - 1) * FileListQuery.PageSize).Take(FileListQuery.PageSize)] };
    }
}
