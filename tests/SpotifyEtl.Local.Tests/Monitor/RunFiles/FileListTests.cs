using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.WebUtilities;
using SpotifyEtl.Local.Monitor.RunFiles;
using SpotifyEtl.Runs;

namespace SpotifyEtl.Local.Tests.Monitor.RunFiles;

public sealed class FileListTests
{
    private static readonly FileRow[] s_files =
    [
        new("c", FileStatus.Transformed, Rows: 10, Rejects: 0, string.Empty, ElapsedMs: 5),
        new("a", FileStatus.Transformed, Rows: 30, Rejects: 2, "2 local_track", ElapsedMs: 1),
        new("b", FileStatus.Rejected, Rows: 0, Rejects: 0, "not_json: no", ElapsedMs: 0),
        new("d", FileStatus.Transformed, Rows: 20, Rejects: 9, "9 episode", ElapsedMs: 9),
        new("e", FileStatus.Transformed, Rows: 5, Rejects: 0, "holds 5 of 9 rows", ElapsedMs: 2),
    ];

    [Theory]
    [InlineData("", "bdaec")]
    [InlineData("?order=ascending", "ceadb")]
    [InlineData("?files=name&order=ascending", "abcde")]
    [InlineData("?files=NAME", "edcba")]
    [InlineData("?files=rows", "adceb")]
    [InlineData("?files=rejects&order=ascending", "bcead")]
    [InlineData("?files=elapsed", "dceab")]
    [InlineData("?files=17&page=-1", "bdaec")]
    [InlineData("?files=nothing&page=999", "bdaec")]
    public void Files_are_ordered_as_the_address_says_and_else_by_what_went_wrong(string query, string names) =>
        Assert.Equal(names, string.Concat(FileList.Of(Read(query), s_files).Rows.Select(file => file.File)));

    [Fact]
    public void What_an_address_says_is_read_back_from_it()
    {
        foreach (var order in Enum.GetValues<FileOrder>())
        {
            foreach (var page in (int[])[1, 7])
            {
                FileListQuery query = new() { Order = order, Descending = page == 7, Page = page };

                var address = query.Address("/runs/r");
                Assert.Equal(("/runs/r", "#files"), (address[..7], address[^6..]));
                Assert.Equal(query, Read(address[7..^6]));
            }
        }
    }

    [Fact]
    public void A_page_has_fifty_files_and_the_sum_is_of_all()
    {
        List<FileRow> files =
            [.. Enumerable.Range(0, 120).Select(number => new FileRow($"{number:000}", FileStatus.Transformed, 2, 1, "1 episode", 1)), .. s_files];

        var last = FileList.Of(new FileListQuery { Page = 99 }, files);

        Assert.Equal((125, 3, 3, 25), (last.Total, last.Pages, last.Page, last.Rows.Count));
        Assert.Equal((new FileCounts(124, 1, 0), 305, 131), (last.Sum.Files, last.Sum.Rows, last.Sum.Rejects));
    }

    private static FileListQuery Read(string query) => FileListQuery.Read(new QueryCollection(QueryHelpers.ParseQuery(query)));
}
