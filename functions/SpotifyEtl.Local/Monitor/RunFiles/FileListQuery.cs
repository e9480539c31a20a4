using System.Globalization;
using Microsoft.AspNetCore.Http;

namespace SpotifyEtl.Local.Monitor.RunFiles;

/// <summary>In which order the files of a run are shown, and which of their pages: the query string of its address.</summary>
public sealed record FileListQuery
{
    public const int PageSize = 50;

    public FileOrder Order { get; init; } = FileOrder.Trouble;

    public bool Descending { get; init; } = true;

    /// <summary>From 1.</summary>
    public int Page { get; init; } = 1;

    public static FileListQuery Read(IQueryCollection query) => new()
    {
        Order = Enum.TryParse<FileOrder>(query["files"], ignoreCase: true, out var order) && Enum.IsDefined(order) ? order : FileOrder.Trouble,
        Descending = query["order"] != "ascending",
        Page = int.TryParse(query["page"], NumberStyles.None, CultureInfo.InvariantCulture, out var page) && page is > 0 and < 1_000_000 ? page : 1,
    };

    /// <summary>The same files from a column's start, or the other way round when they are ordered by it already.</summary>
    public FileListQuery OrderedBy(FileOrder order) =>
        new() { Order = order, Descending = order == Order ? !Descending : order is not FileOrder.Name };

    public IEnumerable<FileRow> Apply(IEnumerable<FileRow> files)
    {
        var named = files.OrderBy(file => file.File, StringComparer.Ordinal);
        return Order switch
        {
            FileOrder.Name => Descending ? named.Reverse() : named,
            FileOrder.Rows => Sort(named, file => file.Rows),
            FileOrder.Rejects => Sort(named, file => file.Rejects),
            FileOrder.Elapsed => Sort(named, file => file.ElapsedMs),
            _ => Sort(named, file => (file.IsRejected, file.Rejects, file.Reason.Length > 0)),
        };
    }

    /// <summary>The address of the list on a run's page.</summary>
    public string Address(string runPath)
    {
        List<string> parts = [];
        if (Order is not FileOrder.Trouble)
        {
            parts.Add($"files={Order.ToString().ToLowerInvariant()}");
        }

        if (!Descending)
        {
            parts.Add("order=ascending");
        }

        if (Page > 1)
        {
            parts.Add(string.Create(CultureInfo.InvariantCulture, $"page={Page}"));
        }

        return $"{runPath}{(parts.Count > 0 ? "?" + string.Join('&', parts) : "")}#files";
    }

    private IEnumerable<FileRow> Sort<TKey>(IEnumerable<FileRow> files, Func<FileRow, TKey> key) =>
        Descending ? files.OrderByDescending(key) : files.OrderBy(key);
}
