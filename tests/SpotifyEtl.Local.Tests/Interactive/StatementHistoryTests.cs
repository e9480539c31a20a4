using SpotifyEtl.Local.Interactive;

namespace SpotifyEtl.Local.Tests.Interactive;

public sealed class StatementHistoryTests : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("history-");

    private string Path => System.IO.Path.Combine(_folder.FullName, "query_history");

    public void Dispose() => _folder.Delete(recursive: true);

    [Fact]
    public void It_lasts_over_sessions_for_its_owner_alone()
    {
        StatementHistory.In(_folder.FullName).Add("SELECT\n'音';");

        Assert.Equal(["SELECT\n'音';"], StatementHistory.In(_folder.FullName).Statements);
        if (!OperatingSystem.IsWindows())
        {
            Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(Path));
        }
    }

    [Fact]
    public void It_keeps_the_newest_thousand()
    {
        var history = StatementHistory.In(_folder.FullName);
        for (var number = 0; number < 1100; number++)
        {
            history.Add($"SELECT {number};");
        }

        Assert.Equal(("SELECT 100;", 1000), (StatementHistory.In(_folder.FullName).Statements[0], StatementHistory.In(_folder.FullName).Statements.Count));
        Assert.Equal(1000, File.ReadLines(Path).Count());
    }

    [Fact]
    public void The_same_again_is_kept_once_and_a_line_that_was_cut_off_is_left_out()
    {
        File.WriteAllText(Path, "\"SELECT 1;\"\n\"SELE");

        var history = StatementHistory.In(_folder.FullName);
        history.Add("SELECT 1;");

        Assert.Equal(["SELECT 1;"], history.Statements);
    }

    [Fact]
    public void Where_it_cannot_be_kept_it_lasts_a_session()
    {
        Directory.CreateDirectory(Path);

        var history = StatementHistory.In(_folder.FullName);
        history.Add("SELECT 1;");

        Assert.Equal(["SELECT 1;"], history.Statements);
    }
}
