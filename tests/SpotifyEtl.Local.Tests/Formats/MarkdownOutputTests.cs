using SpotifyEtl.Catalog;
using SpotifyEtl.Local.Formats;

namespace SpotifyEtl.Local.Tests.Formats;

public sealed class MarkdownOutputTests
{
    private static readonly QueryColumn[] s_songs = [new("song_name", "varchar"), new("n", "bigint")];

    [Fact]
    public async Task Numbers_stand_to_the_right_and_bars_in_line()
    {
        var text = await Written.TextAsync(QueryFormat.Markdown, null, s_songs, ["Short", "7"], ["音楽 and more", "1000"], [null, null]);

        Assert.Equal(
            """
            | song_name     |    n |
            | ------------- | ---: |
            | Short         |    7 |
            | 音楽 and more | 1000 |
            | NULL          | NULL |

            """,
            text);
    }

    [Theory]
    [InlineData("a|b", @"a\|b")]
    [InlineData(@"a\|b", @"a\\\|b")]
    [InlineData("one\r\ntwo\nthree\rfour", "one<br>two<br>three<br>four")]
    [InlineData("<b>*bold*</b> & [a](b)", @"\<b\>\*bold\*\</b\> \& \[a\](b)")]
    [InlineData("snake_case _emphasis_", @"snake_case \_emphasis\_")]
    [InlineData("\u001b[31mred", @"␛\[31mred")]
    [InlineData("`code` ~~gone~~ $x$", @"\`code\` \~\~gone\~\~ \$x\$")]
    public async Task What_reads_as_Markdown_is_escaped(string value, string cell)
    {
        var text = await Written.TextAsync(QueryFormat.Markdown, null, [new("a", "varchar")], [value]);

        Assert.Equal($"| {cell} |", text.Split('\n')[2]);
    }

    [Fact]
    public async Task Without_rows_there_is_the_head()
    {
        Assert.Equal("| song_name |   n |\n| --------- | --: |\n", await Written.TextAsync(QueryFormat.Markdown, null, s_songs));
    }

    [Fact]
    public async Task Rows_that_come_later_may_be_wider_and_stay_whole()
    {
        var rows = Enumerable.Range(0, 1500).Select(row => new[] { row < 1000 ? "short" : "a title longer than all before", $"{row}" }).ToArray();

        var lines = (await Written.TextAsync(QueryFormat.Markdown, null, s_songs, rows)).Split('\n');

        Assert.Equal("| short     | 999 |", lines[1001]);
        Assert.Equal("| a title longer than all before | 1000 |", lines[1002]);
    }
}
